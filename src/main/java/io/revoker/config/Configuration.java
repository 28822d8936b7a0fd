package io.revoker.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Every setting. The sections, their units and their defaults are described in {@code revoker.yaml}; names there are those here in
 * kebab-case.
 */
public record Configuration(
        HttpConfig http,
        ManagementConfig management,
        ElasticsearchConfig elasticsearch,
        ClientsConfig clients,
        TokensConfig tokens,
        CheckConfig check,
        RedisConfig redis,
        SweepConfig sweep,
        LogConfig log,
        RuntimeConfig runtime,
        ReloadConfig reload,
        LoggingConfig logging,
        TracingConfig tracing) {

    public Configuration {
        boolean sharesHost = http.host().equals(management.host());
        new Requirements()
                .that(
                        "management.port",
                        management.port(),
                        port -> port == 0 || port != http.port() || !sharesHost,
                        "another port than http.port, or another host")
                .that(
                        "redis.durability.replica-timeout",
                        redis.durability().replicaTimeout(),
                        timeout -> redis.durability().replicas() == 0
                                || timeout.multipliedBy(4).compareTo(http.requestTimeout()) <= 0,
                        "at most a quarter of http.request-timeout, " + Texts.quote(http.requestTimeout())
                                + ", because redis.durability.replicas is not 0")
                .check();
    }

    /**
     * What is used of the machine.
     *
     * @param instances of each verticle; 0 for one per processor
     */
    @SuppressWarnings("JavaLangClash") // named as its section is
    public record RuntimeConfig(int instances) {
        public RuntimeConfig {
            new Requirements().within("instances", instances, 0, 1024).check();
        }
    }

    /**
     * The watch over the files that settings and clients are read from.
     *
     * @param interval between two looks at them; zero for none
     */
    public record ReloadConfig(Duration interval) {
        public ReloadConfig {
            new Requirements()
                    .within("interval", interval, Duration.ZERO, Duration.ofHours(1))
                    .check();
        }
    }

    /** What is written to the service's own log, and how. */
    public record LoggingConfig(@Live Level level, Format format) {

        /** The least level that is written. */
        public enum Level {
            TRACE,
            DEBUG,
            INFO,
            WARN,
            ERROR
        }

        /** What a line is. */
        public enum Format {
            /** For people. */
            TEXT,
            /** One object, for programs. */
            JSON
        }
    }

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

    /**
     * Who may call.
     *
     * @param cacheTime how long a proven secret need not be proven again
     * @param cacheSize how many of them are remembered
     */
    public record ClientsConfig(
            Optional<Path> file,
            @Live Duration cacheTime,
            @Live int cacheSize) {
        public ClientsConfig {
            new Requirements()
                    .within("cache-time", cacheTime, Duration.ZERO, Duration.ofHours(1))
                    .within("cache-size", cacheSize, 1, 1_000_000)
                    .check();
        }
    }

    /**
     * The log of revocations.
     *
     * @param retention how long a revocation stays in it
     * @param maxMarks above which revocations of further realms and users are refused; 0 for as many as half of the heap holds
     */
    public record LogConfig(Duration retention, int maxMarks) {
        /** With more of them Redis would not keep the hashes of the marks compact. */
        private static final int MOST = 12_000_000;

        private static final int BYTES_EACH = 24;

        /** A registration that takes longer than half of it could not tell that its mark was dropped. */
        private static final Duration SHORTEST = Duration.ofMinutes(1);

        public LogConfig {
            new Requirements()
                    .within("retention", retention, SHORTEST, Duration.ofDays(3650))
                    .within("max-marks", maxMarks, 0, MOST)
                    .check();
        }

        /**
         * Marks above which revocations of further realms and users are refused.
         *
         * @param heap the most memory of this process, in bytes
         */
        public long mostMarks(long heap) {
            return maxMarks > 0 ? maxMarks : Math.min(MOST, heap / 2 / BYTES_EACH);
        }
    }
}
