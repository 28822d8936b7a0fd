package io.revoker.config;

import io.revoker.config.values.DataSize;
import io.revoker.config.values.Ipv6;
import io.revoker.config.values.Reloadable;
import io.revoker.config.values.Requirements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        @Reloadable int maxInFlight,
        int backlog,
        Duration drainDelay,
        Duration drainTimeout,
        ServerTlsConfig tls,
        ConsoleConfig console) {

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

    /** For how long an answer may be waited for: a connection on which nothing comes is idle, and is closed. */
    public Duration longestWait() {
        return idleTimeout.multipliedBy(9).dividedBy(10);
    }

    /**
     * The console for people, on the listener for clients.
     *
     * @param sessionLifetime from a log-in to the next one
     */
    public record ConsoleConfig(Served served, Duration sessionLifetime) {
        public ConsoleConfig {
            new Requirements()
                    .within("session-lifetime", sessionLifetime, Duration.ofMinutes(1), Duration.ofHours(24))
                    .check();
        }

        /** Where the console is. */
        public enum Served {
            /** Where the listener has a loopback address, which only its own host can reach. */
            LOOPBACK,
            ALWAYS,
            NEVER
        }
    }

    /**
     * TLS of the listener for clients.
     *
     * @param certificate PEM, the chain; present if TLS is enabled
     * @param key PEM, PKCS #8; present if TLS is enabled
     * @param clientAuthorities PEM, those whose certificates clients may show; absent if clients are not asked for one
     */
    public record ServerTlsConfig(
            boolean enabled, Optional<Path> certificate, Optional<Path> key, Optional<Path> clientAuthorities) {
        private static final String EXPECTED = "a PEM file, because tls is enabled";

        public ServerTlsConfig {
            new Requirements()
                    .that("certificate", certificate, path -> !enabled || path.isPresent(), EXPECTED)
                    .that("key", key, path -> !enabled || path.isPresent(), EXPECTED)
                    .check();
        }

        /** The files that are read; none if TLS is off. */
        public Set<Path> files() {
            return enabled
                    ? Stream.of(certificate, key, clientAuthorities)
                            .flatMap(Optional::stream)
                            .collect(Collectors.toUnmodifiableSet())
                    : Set.of();
        }
    }
}
