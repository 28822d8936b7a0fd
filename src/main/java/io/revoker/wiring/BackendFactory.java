package io.revoker.wiring;

import io.revoker.config.CheckConfig.NearCacheConfig;
import io.revoker.config.Configuration;
import io.revoker.config.RedisConfig;
import io.revoker.config.RedisConfig.DurabilityConfig;
import io.revoker.config.values.RedisUrl;
import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.store.KnownMarks;
import io.revoker.redis.RedisBackend;
import io.revoker.redis.link.RedisClock;
import io.revoker.redis.link.RedisMeters;
import io.revoker.redis.link.RedisSettings;
import io.revoker.redis.link.RedisSettings.Servers;
import io.revoker.redis.log.DurabilitySettings;
import io.revoker.redis.log.LogSettings;
import io.revoker.redis.tokens.RedisTokenStore.StoreSettings;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes the store that the configuration describes. */
record BackendFactory(
        Vertx vertx,
        Configuration configuration,
        RedisUrl redisUrl,
        RedisMeters meters,
        RedisClock clock,
        KnownMarks knownMarks) {
    private static final int POOL = 16;
    /** Commands beyond those of requests: loading scripts, and heartbeats. */
    private static final int OUR_OWN = 64;

    /** Heartbeats without an answer after which a server counts as gone. */
    static final int SILENT_HEARTBEATS = 4;

    /**
     * How long the client caches the answer of a sentinel. It is short, because an old primary may be back soon, and
     * take itself for the primary for some seconds.
     */
    private static final long TOPOLOGY_MILLIS = 1;

    private static final int READS_IN_BOUND = 4;

    RedisBackend backend() {
        RedisConfig redis = configuration.redis();
        return new RedisBackend(
                vertx,
                new RedisSettings(
                        options(redis),
                        redisUrl.kind() == RedisUrl.Kind.CLUSTER ? Servers.CLUSTER : Servers.ONE,
                        redis.connectTimeout(),
                        redis.callTimeout(),
                        redis.heartbeat(),
                        redis.maxInFlight(),
                        meters,
                        clock),
                new RedisBackend.KeySettings(redis.prefix(), redis.realmShards(), redis.layout()),
                new StoreSettings(
                        configuration.sweep().pageSize(),
                        configuration.sweep().pieceSize(),
                        configuration.check().cachedRecords()),
                new LogSettings(
                        configuration.log().retention(),
                        configuration.tokens().markLifetime(),
                        longestWait(redis),
                        configuration.sweep().lease(),
                        durability(redis.durability()),
                        configuration.feed().followerRetention()),
                knownMarks);
    }

    /**
     * Only the return of a reader shows that what is known is up to date: answers from memory need several in their
     * bound.
     */
    private Duration longestWait(RedisConfig redis) {
        NearCacheConfig near = configuration.check().nearCache();
        return Stream.concat(
                        Stream.of(
                                configuration.feed().heartbeat(),
                                redis.callTimeout().dividedBy(2)),
                        Stream.of(near.bound().dividedBy(READS_IN_BOUND)).filter(wait -> near.enabled()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static DurabilitySettings durability(DurabilityConfig demanded) {
        Fsync fsync = switch (demanded.fsync()) {
            case ANY -> Fsync.UNKNOWN;
            case EVERYSEC -> Fsync.EVERYSEC;
            case ALWAYS -> Fsync.ALWAYS;
        };
        return new DurabilitySettings(fsync, demanded.replicas(), demanded.replicaTimeout());
    }

    private RedisOptions options(RedisConfig redis) {
        RedisOptions options = new RedisOptions()
                .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                // The client's own spans would contain the Redis user, and would have no parent; calls have spans of
                // their own.
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setTopologyCacheTTL(TOPOLOGY_MILLIS)
                .setMaxPoolSize(POOL)
                .setMaxPoolWaiting(POOL)
                .setMaxWaitingHandlers(2 * redis.maxInFlight() + OUR_OWN)
                .setNetClientOptions(net(redis));
        redisUrl.endpoints().forEach(options::addConnectionString);
        redisUrl.primary()
                .ifPresent(name -> options.setType(RedisClientType.SENTINEL).setMasterName(name));
        return options;
    }

    /** A connection whose server answers no heartbeat is closed. */
    private NetClientOptions net(RedisConfig redis) {
        long silence = redis.heartbeat().multipliedBy(SILENT_HEARTBEATS).toMillis();
        NetClientOptions options = new NetClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout((int) redis.connectTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) Math.max(silence, redis.callTimeout().toMillis()));
        if (redisUrl.isEncrypted()) {
            options.setHostnameVerificationAlgorithm(redis.tls().verifyHost() ? "HTTPS" : "");
            redis.tls().ca().ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
            redis.tls()
                    .certificate()
                    .ifPresent(certificate -> options.setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(certificate.toString())
                            .addKeyPath(redis.tls().key().orElseThrow().toString())));
        }
        return options;
    }
}
