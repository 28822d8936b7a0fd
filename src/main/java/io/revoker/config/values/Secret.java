package io.revoker.config.values;

/** A text that no message and no log may show. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
