package io.revoker.config;

/**
 * The listener for health and metrics.
 *
 * @param metrics whether anything is measured
 */
public record ManagementConfig(String host, int port, boolean metrics) {
    public ManagementConfig {
        host = Ipv6.bare(host);
        new Requirements().host("host", host).port("port", port).check();
    }
}
