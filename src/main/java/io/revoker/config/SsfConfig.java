package io.revoker.config;

import io.revoker.config.values.Requirements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Events that are delivered to others, by the Shared Signals Framework.
 *
 * @param pollTimeout how long a poll waits for an event at most
 * @param verificationInterval the shortest time between two verifications of a stream
 */
public record SsfConfig(
        boolean enabled, Duration pollTimeout, Duration verificationInterval, PushConfig push, SourceConfig source) {
    public SsfConfig {
        new Requirements()
                .within("poll-timeout", pollTimeout, Duration.ZERO, Duration.ofMinutes(5))
                .within("verification-interval", verificationInterval, Duration.ZERO, Duration.ofHours(1))
                .check();
    }

    /**
     * Pushing events to receivers.
     *
     * @param timeout of one push
     * @param longestPause between two attempts
     * @param ca PEM file of the certificates that are trusted; absent for those of the Java runtime
     * @param keyFile of the keys by which the {@code Authorization} of receivers is encrypted; absent if none is stored
     * @param allowPrivateAddresses whether receivers may have loopback, private or link-local addresses
     */
    public record PushConfig(
            Duration timeout,
            Duration longestPause,
            Optional<Path> ca,
            Optional<Path> keyFile,
            boolean allowPrivateAddresses) {
        private static final Duration SHORTEST = Duration.ofMillis(100);

        public PushConfig {
            new Requirements()
                    .within("timeout", timeout, SHORTEST, Duration.ofMinutes(1))
                    .within("longest-pause", longestPause, SHORTEST, Duration.ofHours(1))
                    .check();
        }
    }

    /**
     * A transmitter that is polled.
     *
     * @param url where its stream is polled; absent if none is
     * @param tokenFile of the bearer token for that; absent if it needs none
     * @param ca PEM file of the certificates that are trusted; absent for those of the Java runtime
     * @param allowPrivateAddresses whether the host may have a loopback, private or link-local address
     */
    public record SourceConfig(
            Optional<String> url, Optional<Path> tokenFile, Optional<Path> ca, boolean allowPrivateAddresses) {}
}
