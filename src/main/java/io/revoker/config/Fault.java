package io.revoker.config;

/** One thing that is wrong: {@code http.port: 99999 (expected: 0 to 65535; from REVOKER_HTTP_PORT)}. */
public record Fault(String path, String value, String expected) {

    public Fault in(String section) {
        return section.isEmpty() ? this : new Fault(section + "." + path, value, expected);
    }

    /** Whether the setting is this one, or in this section. */
    public boolean isIn(String name) {
        return path.equals(name) || path.startsWith(name + ".");
    }

    public Fault from(String origin) {
        return new Fault(path, value, expected + "; from " + origin);
    }

    @Override
    public String toString() {
        return path + ": " + value + " (expected: " + expected + ")";
    }
}
