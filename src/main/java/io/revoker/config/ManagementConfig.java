package io.revoker.config;

/** The listener for health and metrics. */
public record ManagementConfig(String host, int port) {
    public ManagementConfig {
        new Requirements().host("host", host).port("port", port).check();
    }
}
