package io.revoker.config;

/** The listener for health and metrics. */
public record Management(String host, int port) {
    public Management {
        new Requirements().host("host", host).port("port", port).check();
    }
}
