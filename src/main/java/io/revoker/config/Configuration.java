package io.revoker.config;

import io.revoker.config.values.ConfigText;
import io.revoker.config.values.Ipv6;
import io.revoker.config.values.Reloadable;
import io.revoker.config.values.Requirements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All settings. {@code revoker.yaml} describes the sections, their units and their defaults; its names are those here
 * in kebab-case.
 */
public record Configuration(
        HttpConfig http,
        ManagementConfig management,
        GrpcConfig grpc,
        ElasticsearchConfig elasticsearch,
        ClientsConfig clients,
        RealmsConfig realms,
        TokensConfig tokens,
        CheckConfig check,
        OAuthConfig oauth,
        SigningConfig signing,
        LeaksConfig leaks,
        SsfConfig ssf,
        StatusListConfig statusList,
        RedisConfig redis,
        SweepConfig sweep,
        LogConfig log,
        AuditConfig audit,
        FeedConfig feed,
        CanaryConfig canary,
        ClusterConfig cluster,
        BridgeConfig bridge,
        RuntimeConfig runtime,
        ReloadConfig reload,
        LoggingConfig logging,
        TracingConfig tracing) {

    public Configuration {
        boolean sharesHost = http.host().equals(management.host());
        boolean grpcSharesHttp = grpc.enabled() && grpc.host().equals(http.host());
        boolean grpcSharesManagement = grpc.enabled() && grpc.host().equals(management.host());
        new Requirements()
                .that(
                        "signing.file",
                        signing.file(),
                        file -> file.isEmpty() || oauth.issuer().isPresent(),
                        "with oauth.issuer, which what is signed names")
                .that(
                        "ssf.enabled",
                        ssf.enabled(),
                        enabled -> !enabled || signing.file().isPresent(),
                        "with signing.file, the keys with which events are signed")
                .that(
                        "status-list.enabled",
                        statusList.enabled(),
                        enabled -> !enabled || signing.file().isPresent(),
                        "with signing.file, the keys with which lists are signed")
                .that(
                        "grpc.port",
                        grpc.port(),
                        port -> port == 0
                                || !((grpcSharesHttp && port == http.port())
                                        || (grpcSharesManagement && port == management.port())),
                        "another port than http.port and management.port, or another host")
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
                        "at most a quarter of http.request-timeout, " + ConfigText.quote(http.requestTimeout())
                                + ", because redis.durability.replicas is not 0")
                .check();
    }

    /**
     * How the service identifies itself as an Elasticsearch.
     *
     * @param identity whether answers have the product header and {@code GET /} returns a version
     * @param unknownTokenStatus HTTP status of an invalidation that finds no token
     */
    public record ElasticsearchConfig(boolean identity, String version, String clusterName, int unknownTokenStatus) {
        private static final Pattern VERSION = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
        private static final Pattern NAME = Pattern.compile("[^:\\p{Cntrl}]{1,255}");

        public ElasticsearchConfig {
            new Requirements()
                    .matching("version", version, VERSION, "major.minor.patch")
                    .matching("cluster-name", clusterName, NAME, "1 to 255 characters, no colon")
                    .that(
                            "unknown-token-status",
                            unknownTokenStatus,
                            status -> status == 404 || status == 200,
                            "404 or 200")
                    .check();
        }
    }

    /**
     * The keys of this service.
     *
     * @param file of the keys, the first of which signs; absent if nothing is signed
     */
    public record SigningConfig(Optional<Path> file) {}

    /**
     * The resources of the machine that are used.
     *
     * @param instances of each verticle; 0 for one per processor
     */
    @SuppressWarnings("JavaLangClash") // named like its section
    public record RuntimeConfig(int instances) {
        public RuntimeConfig {
            new Requirements().within("instances", instances, 0, 1024).check();
        }
    }

    /**
     * Watching the files of settings, clients and realms.
     *
     * @param interval between two polls of the files; zero for none
     */
    public record ReloadConfig(Duration interval) {
        public ReloadConfig {
            new Requirements()
                    .within("interval", interval, Duration.ZERO, Duration.ofHours(1))
                    .check();
        }
    }

    /** The service's own log. */
    public record LoggingConfig(@Reloadable Level level, Format format) {

        /** The lowest level that is written. */
        public enum Level {
            TRACE,
            DEBUG,
            INFO,
            WARN,
            ERROR
        }

        /** The format of a line. */
        public enum Format {
            /** Text, for people. */
            TEXT,
            /** A JSON object, for programs. */
            JSON
        }
    }

    /**
     * The listener for health and metrics.
     *
     * @param metrics whether metrics are collected
     */
    public record ManagementConfig(String host, int port, boolean metrics) {
        public ManagementConfig {
            host = Ipv6.bare(host);
            new Requirements().host("host", host).port("port", port).check();
        }
    }

    /**
     * The clients that may call.
     *
     * @param cacheTime how long a verified secret need not be verified again
     * @param cacheSize number of verified secrets to cache
     */
    public record ClientsConfig(
            Optional<Path> file,
            @Reloadable Duration cacheTime,
            @Reloadable int cacheSize) {
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
     * @param maxMarks from this number of marks on, revocations of further realms and users are refused; 0 for as many
     * as fit into half of the heap
     */
    public record LogConfig(Duration retention, int maxMarks) {
        /** With more marks, Redis would not keep their hashes compact. */
        private static final int MOST = 12_000_000;

        private static final int BYTES_EACH = 24;

        /** A registration that takes longer than half of this could miss that its mark was dropped. */
        private static final Duration SHORTEST = Duration.ofMinutes(1);

        public LogConfig {
            new Requirements()
                    .within("retention", retention, SHORTEST, Duration.ofDays(3650))
                    .within("max-marks", maxMarks, 0, MOST)
                    .check();
        }

        /**
         * The number of marks from which on revocations of further realms and users are refused.
         *
         * @param heap the most memory of this process, in bytes
         */
        public long mostMarks(long heap) {
            return maxMarks > 0 ? maxMarks : Math.min(MOST, heap / 2 / BYTES_EACH);
        }
    }
}
