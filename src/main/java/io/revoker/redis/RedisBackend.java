package io.revoker.redis;

import io.revoker.domain.RevocationLog;
import io.revoker.domain.SweepLedger;
import io.revoker.domain.TokenStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.time.InstantSource;

/** Makes the ports, each set of them on connections of its own; the only door into this package. */
public final class RedisBackend {
    private static final int PROBE_MILLIS = 1000;
    /** An invalidation reads a record that was found a moment ago. */
    private static final int RECORDS_AT_WORK = 1000;

    private final Vertx vertx;
    private final RedisSettings connection;
    private final Keys keys;
    private final StoreSettings store;
    private final LogSettings log;

    public RedisBackend(Vertx vertx, RedisSettings connection, KeySettings keys, StoreSettings store, LogSettings log) {
        this.vertx = vertx;
        this.connection = connection;
        this.keys = new Keys(keys.prefix(), keys.realmShards());
        this.store = store;
        this.log = log;
    }

    /**
     * The name space of the keys.
     *
     * @param realmShards parts that the index set of a realm has; fixed for the life of the data
     */
    public record KeySettings(String prefix, int realmShards) {}

    /** What an event loop opened; used on that event loop only. */
    public record Ports(TokenStore store, RevocationLog log, SweepLedger ledger, Connection connection) {}

    /** The life of the connection behind ports. */
    public interface Connection {
        /** Succeeds if the server takes writes. What it writes expires by itself. */
        Future<Void> write();

        Future<Void> close();
    }

    /** As {@link #open}, and keeps as many records as the settings say: a check of a token whose record is kept takes one command instead of two. */
    public Future<Ports> openForChecks() {
        return open(store);
    }

    /**
     * Opens a connection on the event loop that calls, and supervises it until it is closed. Fails with a {@link io.revoker.domain.Problem} if the first
     * attempt does, and then makes no other.
     */
    public Future<Ports> open() {
        return open(new StoreSettings(
                store.pageSize(), store.pieceSize(), Math.min(store.cachedRecords(), RECORDS_AT_WORK)));
    }

    private Future<Ports> open(StoreSettings store) {
        RedisLink link = switch (connection.servers()) {
            case ONE -> new ServerLink(vertx, connection);
            case CLUSTER -> new ClusterLink(vertx, connection);
        };
        Ports ports = new Ports(
                new RedisTokenStore(link, keys, store, InstantSource.system()),
                new RedisRevocationLog(link, keys, log),
                new RedisSweepLedger(link, keys, log.lease()),
                new LinkConnection(link, keys.ready));
        return link.open()
                .map(ports)
                .recover(failure -> link.close().transform(closed -> Future.failedFuture(failure)));
    }

    private record LinkConnection(RedisLink link, String key) implements Connection {
        @Override
        public Future<Void> write() {
            return link.send(Call.of(Command.SET, key).arg(1).arg("PX").arg(PROBE_MILLIS))
                    .mapEmpty();
        }

        @Override
        public Future<Void> close() {
            return link.close();
        }
    }
}
