package io.revoker.config;

import io.revoker.config.values.ConfigText;
import io.revoker.config.values.DataSize;
import io.revoker.config.values.RedisUrl;
import io.revoker.config.values.Requirements;
import io.revoker.config.values.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The connection to Redis.
 *
 * @param url {@code redis://[user[:password]@]host[:port][/db]}, or {@code rediss://} for TLS; the embedded server if
 * absent
 * @param password if there is a URL, and the password is not in it
 * @param startTimeout how long the start tries again while Redis does not answer, is loading its data or has no primary
 * @param maxInFlight commands without a reply on one connection
 * @param prefix of every key
 * @param realmShards number of sets that the users of one realm are distributed over
 * @param layout the version that the layout of the data is raised to, and that an empty Redis begins with; 0 leaves it
 * as it is, and an empty Redis begins with the newest
 */
public record RedisConfig(
        Optional<Secret> url,
        Optional<Secret> password,
        Duration startTimeout,
        Duration connectTimeout,
        Duration callTimeout,
        Duration heartbeat,
        int maxInFlight,
        String prefix,
        RedisTlsConfig tls,
        DurabilityConfig durability,
        EmbeddedConfig embedded,
        int realmShards,
        int layout) {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    public RedisConfig {
        new Requirements()
                .that(
                        "url",
                        url.map(RedisUrl::shown).orElse(""),
                        shown -> url.map(RedisUrl::isValid).orElse(true),
                        url.map(RedisUrl::expected).orElse(""))
                .that(
                        "password",
                        password,
                        secret -> secret.isEmpty()
                                || url.map(RedisUrl::lacksPassword).orElse(false),
                        "nothing, because redis.url holds a password or is not set")
                .within("start-timeout", startTimeout, MILLISECOND, MINUTE)
                .within("connect-timeout", connectTimeout, MILLISECOND, MINUTE)
                .within("call-timeout", callTimeout, MILLISECOND, MINUTE)
                .within("heartbeat", heartbeat, MILLISECOND, MINUTE)
                .within("max-in-flight", maxInFlight, 16, 1_000_000)
                .matching("prefix", prefix, PREFIX, "1 to 32 characters of A-Z a-z 0-9 . _ -")
                .within("realm-shards", realmShards, 1, 4096)
                .within("layout", layout, 0, 2)
                .that(
                        "durability.replica-timeout",
                        durability.replicaTimeout(),
                        timeout -> durability.replicas() == 0 || timeout.compareTo(callTimeout) < 0,
                        "less than redis.call-timeout, " + ConfigText.quote(callTimeout)
                                + ", because redis.durability.replicas is not 0")
                .check();
    }

    /** The URL including the password; absent for the embedded server. */
    public Optional<Secret> server() {
        return url.map(it -> password.map(secret -> RedisUrl.with(secret, it)).orElse(it));
    }

    /**
     * TLS to Redis; used with a {@code rediss://} URL.
     *
     * @param ca PEM; the JDK's trusted authorities if absent
     * @param certificate PEM, of the client; present if and only if its key is
     */
    public record RedisTlsConfig(
            Optional<Path> ca, Optional<Path> certificate, Optional<Path> key, boolean verifyHost) {
        public RedisTlsConfig {
            new Requirements()
                    .that(
                            "certificate",
                            certificate,
                            path -> path.isPresent() || key.isEmpty(),
                            "a PEM file, because redis.tls.key is set")
                    .that(
                            "key",
                            key,
                            path -> path.isPresent() || certificate.isEmpty(),
                            "a PEM file, because redis.tls.certificate is set")
                    .check();
        }
    }

    /**
     * The durability that an acknowledgement demands of Redis.
     *
     * @param fsync the weakest policy that is accepted
     * @param replicas how many must have the revocation
     * @param replicaTimeout how long to wait for them
     */
    public record DurabilityConfig(RequiredFsync fsync, int replicas, Duration replicaTimeout) {

        /** The policies of {@code appendfsync} (redis.io, "Redis persistence"), weakest first. */
        public enum RequiredFsync {
            ANY,
            EVERYSEC,
            ALWAYS
        }

        public DurabilityConfig {
            new Requirements()
                    .within("replicas", replicas, 0, 100)
                    .within("replica-timeout", replicaTimeout, Duration.ofMillis(1), Duration.ofMinutes(1))
                    .check();
        }
    }

    /**
     * The Redis that the service runs itself if no URL is set.
     *
     * @param directory of its files
     * @param port 0 for a free one
     * @param maxMemory 0 for no limit
     * @param join whether to use the Redis that another instance on this machine runs in the same directory
     * @param binary the path of a redis-server, or a name on the search path; empty for the built-in one
     */
    public record EmbeddedConfig(
            Path directory, int port, FsyncPolicy fsync, DataSize maxMemory, Optional<Path> binary, boolean join) {

        /** When the append-only file is forced to disk. */
        public enum FsyncPolicy {
            ALWAYS,
            EVERYSEC
        }

        public EmbeddedConfig {
            new Requirements().port("port", port).check();
        }
    }
}
