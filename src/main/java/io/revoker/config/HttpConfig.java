package io.revoker.config;

import java.time.Duration;

/** The listener for clients, and its bounds. */
public record HttpConfig(
        String host,
        int port,
        DataSize maxInitialLine,
        DataSize maxHeaderSize,
        DataSize maxBodySize,
        DataSize maxLineSize,
        Duration headerTimeout,
        Duration idleTimeout,
        Duration requestTimeout,
        int maxConnections,
        @Live int maxInFlight,
        int backlog,
        Duration drainDelay,
        Duration drainTimeout,
        ServerTlsConfig tls) {

    private static final DataSize KIBIBYTE = DataSize.ofKibibytes(1);
    private static final DataSize MEBIBYTE = DataSize.ofMebibytes(1);
    private static final DataSize SMALLEST_BODY = new DataSize(64);
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final int MILLION = 1_000_000;

    public HttpConfig {
        host = Ipv6.bare(host);
        new Requirements()
                .host("host", host)
                .port("port", port)
                .within("max-initial-line", maxInitialLine, KIBIBYTE, MEBIBYTE)
                .within("max-header-size", maxHeaderSize, KIBIBYTE, MEBIBYTE)
                .within("max-body-size", maxBodySize, SMALLEST_BODY, DataSize.ofMebibytes(64))
                .within("max-line-size", maxLineSize, SMALLEST_BODY, MEBIBYTE)
                .within("header-timeout", headerTimeout, MILLISECOND, Duration.ofMinutes(5))
                .within("idle-timeout", idleTimeout, MILLISECOND, Duration.ofHours(1))
                .within("request-timeout", requestTimeout, MILLISECOND, Duration.ofMinutes(10))
                .within("max-connections", maxConnections, 1, MILLION)
                .within("max-in-flight", maxInFlight, 1, MILLION)
                .within("backlog", backlog, 1, 65_535)
                .within("drain-delay", drainDelay, Duration.ZERO, Duration.ofMinutes(5))
                .within("drain-timeout", drainTimeout, Duration.ZERO, Duration.ofMinutes(10))
                .check();
    }
}
