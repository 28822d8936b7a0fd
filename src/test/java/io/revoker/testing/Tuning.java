package io.revoker.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.config.values.RedisUrl;
import io.revoker.config.values.Secret;
import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.KnownMarks;
import io.revoker.redis.RedisBackend;
import io.revoker.redis.RedisBackend.KeySettings;
import io.revoker.redis.keys.LayoutVersion;
import io.revoker.redis.link.RedisClock;
import io.revoker.redis.link.RedisMeters;
import io.revoker.redis.link.RedisSettings;
import io.revoker.redis.link.RedisSettings.Servers;
import io.revoker.redis.log.DurabilitySettings;
import io.revoker.redis.log.LogSettings;
import io.revoker.redis.tokens.RedisTokenStore.StoreSettings;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The store's settings as tests turn them: small pages and pieces, so that a few thousand tokens make many of them.
 *
 * @param connect time-out of an attempt to connect
 * @param call time-out of a call
 */
public record Tuning(
        Duration connect,
        Duration call,
        Duration heartbeat,
        int maxInFlight,
        int pageSize,
        int pieceSize,
        Duration retention,
        Duration markRetention,
        int layout) {

    /** Commands beyond those of requests: scripts to load and heartbeats. */
    private static final int OUR_OWN = 64;

    public static final Tuning DEFAULT = new Tuning(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            100_000,
            100,
            50,
            Duration.ofHours(24),
            Duration.ofHours(24),
            LayoutVersion.NEWEST);

    /** Each holder has hashes of its own, so that a sweep or a listing takes a step for each. */
    public static final Tuning OWN_HASHES = DEFAULT.layout(LayoutVersion.FIRST);

    /** Of a call. */
    public Tuning timeout(Duration timeout) {
        return new Tuning(
                connect, timeout, heartbeat, maxInFlight, pageSize, pieceSize, retention, markRetention, layout);
    }

    /** Of an attempt to connect. */
    public Tuning connectTimeout(Duration timeout) {
        return new Tuning(timeout, call, heartbeat, maxInFlight, pageSize, pieceSize, retention, markRetention, layout);
    }

    public Tuning heartbeat(Duration pause) {
        return new Tuning(connect, call, pause, maxInFlight, pageSize, pieceSize, retention, markRetention, layout);
    }

    public Tuning maxInFlight(int commands) {
        return new Tuning(connect, call, heartbeat, commands, pageSize, pieceSize, retention, markRetention, layout);
    }

    public Tuning pieceSize(int grants) {
        return new Tuning(connect, call, heartbeat, maxInFlight, pageSize, grants, retention, markRetention, layout);
    }

    /** Of the log and the marks. */
    public Tuning retention(Duration time) {
        return new Tuning(connect, call, heartbeat, maxInFlight, pageSize, pieceSize, time, time, layout);
    }

    /** Of the log alone. */
    public Tuning logRetention(Duration time) {
        return new Tuning(connect, call, heartbeat, maxInFlight, pageSize, pieceSize, time, markRetention, layout);
    }

    /** Of the data. */
    public Tuning layout(int version) {
        return new Tuning(
                connect, call, heartbeat, maxInFlight, pageSize, pieceSize, retention, markRetention, version);
    }

    public RedisBackend backend(Vertx vertx, String url, String prefix) {
        return backend(vertx, url, prefix, () -> Stamp.NONE);
    }

    /**
     * The store for a node.
     *
     * @param knownMarks what the node knows
     */
    public RedisBackend backend(Vertx vertx, String url, String prefix, KnownMarks knownMarks) {
        return new RedisBackend(
                vertx,
                redis(url),
                new KeySettings(prefix, 4, layout),
                new StoreSettings(pageSize, pieceSize, 10_000),
                new LogSettings(
                        retention,
                        markRetention,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        new DurabilitySettings(Fsync.UNKNOWN, 0, Duration.ofMillis(100)),
                        Duration.ofDays(1)),
                knownMarks);
    }

    public RedisSettings redis(String url) {
        NetClientOptions net = new NetClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout((int) connect.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) Math.max(call.toMillis(), 4 * heartbeat.toMillis()));
        RedisUrl parsed = RedisUrl.require(new Secret(url));
        RedisOptions options = new RedisOptions()
                .setEndpoints(parsed.endpoints())
                .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                .setMaxWaitingHandlers(2 * maxInFlight + OUR_OWN)
                .setNetClientOptions(net);
        parsed.primary()
                .ifPresent(name -> options.setType(RedisClientType.SENTINEL).setMasterName(name));
        Servers servers = parsed.kind() == RedisUrl.Kind.CLUSTER ? Servers.CLUSTER : Servers.ONE;
        return new RedisSettings(
                options,
                servers,
                connect,
                call,
                heartbeat,
                maxInFlight,
                new RedisMeters(new SimpleMeterRegistry(), 0),
                new RedisClock(InstantSource.system(), heartbeat.multipliedBy(4)));
    }
}
