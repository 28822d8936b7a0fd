package io.revoker.redis.link;

import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.redis.link.ConfirmingPrimary.ServerId;
import io.revoker.redis.link.RedisSettings.Servers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes the server at the other end of a connection.
 *
 * @param replicas that are connected to it
 * @param eviction its maxmemory policy
 * @param fsync unknown if the server does not let us read its configuration
 */
record ServerInfo(ServerId id, String version, int replicas, Fsync fsync, String eviction) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerInfo.class);
    private static final String NO_EVICTION = "noeviction";
    private static final String PRIMARY = "master";
    private static final String CLUSTER = "cluster";
    private static final String HISTORY = "master_replid:";
    private static final String ABSENT = "0";
    private static final int OLDEST_MAJOR = 6;
    private static final int OLDEST_MINOR = 2;

    /**
     * Asks the server; fails with a {@link Problem} if it is too old, not a primary, or unexpectedly a node of a
     * Cluster.
     *
     * @param expected the configured kind of servers
     */
    static Future<ServerInfo> ask(RedisConnection connection, Servers expected) {
        Future<String> info = info(connection, askFor("server"));
        Future<String> replication = info(connection, askForReplication());
        return Future.all(info, replication)
                .compose(known -> requireVersion(field(info.result(), "redis_version:")))
                .compose(known -> requireMode(field(info.result(), "redis_mode:"), expected))
                .compose(known -> requirePrimary(field(replication.result(), "role:")))
                .compose(primary -> Future.all(setting(connection, "maxmemory-policy"), setting(connection, "append*")))
                .map(settings -> of(info.result(), replication.result(), settings.resultAt(0), settings.resultAt(1)));
    }

    private static ServerInfo of(
            String info, String replication, Optional<Response> eviction, Optional<Response> persistence) {
        return new ServerInfo(
                new ServerId(field(info, "run_id:"), field(replication, HISTORY)),
                release(info),
                Integer.parseInt(field(replication, "connected_slaves:")),
                persistence.map(ServerInfo::fsync).orElse(Fsync.UNKNOWN),
                eviction.map(found -> value(found, "maxmemory-policy")).orElse(NO_EVICTION));
    }

    static Request askForReplication() {
        return askFor("replication");
    }

    private static Request askFor(String section) {
        return Request.cmd(Command.INFO).arg(section);
    }

    private static Future<String> info(RedisConnection connection, Request section) {
        return connection.send(section).map(Response::toString);
    }

    /** The same process, with the history in its {@code INFO replication}. */
    ServerId after(String replication) {
        return new ServerId(id.run(), field(replication, HISTORY));
    }

    void warnOfEviction() {
        if (!eviction.equals(NO_EVICTION)) {
            LOG.atWarn()
                    .addKeyValue("maxmemory_policy", eviction)
                    .addKeyValue("expected", NO_EVICTION)
                    .log("redis evicts: an evicted token is a lost token");
        }
    }

    /** Reads from a replica may be stale, and it refuses writes. */
    private static Future<Void> requirePrimary(String role) {
        return role.equals(PRIMARY)
                ? Future.succeededFuture()
                : Future.failedFuture(Problem.passing("Redis: a replica (expected: the primary)"));
    }

    private static Future<Void> requireMode(String mode, Servers expected) {
        return expected == Servers.ONE && mode.equals(CLUSTER)
                ? Future.failedFuture(Problem.unavailable(
                        "Redis: a node of a Cluster (expected: redis.url begins with redis-cluster://)"))
                : Future.succeededFuture();
    }

    private static Future<Void> requireVersion(String version) {
        String[] parts = version.split("\\.", -1);
        int major = Integer.parseInt(parts[0]);
        int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        if (major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR)) {
            return Future.succeededFuture();
        }
        return Future.failedFuture(Problem.unavailable("Redis: version " + version + " (expected: 6.2 or newer)"));
    }

    /** Managed servers often forbid CONFIG. */
    private static Future<Optional<Response>> setting(RedisConnection connection, String pattern) {
        return connection
                .send(Request.cmd(Command.CONFIG).arg("GET").arg(pattern))
                .map(Optional::of)
                .otherwise(Optional.empty());
    }

    private static Fsync fsync(Response settings) {
        if (!value(settings, "appendonly").equals("yes")) {
            return Fsync.NONE;
        }
        return Fsync.valueOf(value(settings, "appendfsync").toUpperCase(Locale.ROOT));
    }

    private static String value(Response settings, String name) {
        for (int i = 0; i + 1 < settings.size(); i += 2) {
            if (settings.get(i).toString().equals(name)) {
                return settings.get(i + 1).toString();
            }
        }
        return "";
    }

    /**
     * Servers other than Redis that speak its protocol report a name of their own (redis.io/commands/info has no such
     * field).
     */
    private static String release(String info) {
        String name = field(info, "server_name:");
        String version = field(info, "redis_version:");
        return name.equals(ABSENT) || name.equals("redis") ? version : name + ' ' + version;
    }

    static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(name.length()).strip())
                .orElse(ABSENT);
    }
}
