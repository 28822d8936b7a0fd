package io.revoker.redis;

import io.revoker.domain.store.Knowledge;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.TokenStore;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.ClusterLink;
import io.revoker.redis.link.DurabilitySettings;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.RedisSettings;
import io.revoker.redis.link.ReplicaCount;
import io.revoker.redis.link.ServerLink;
import io.revoker.redis.log.Confirmations;
import io.revoker.redis.log.LogSettings;
import io.revoker.redis.log.RedisMarkStore;
import io.revoker.redis.log.RedisRevocationLog;
import io.revoker.redis.log.RedisSweepLedger;
import io.revoker.redis.log.StampBounds;
import io.revoker.redis.log.Writings;
import io.revoker.redis.tokens.Births;
import io.revoker.redis.tokens.RealmsOfUsers;
import io.revoker.redis.tokens.RedisTokenStore;
import io.revoker.redis.tokens.StoreSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;

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
    private final Knowledge knowledge;

    /** @param knowledge of this node: no grant that it registers is born before the newest mark that it knows */
    public RedisBackend(
            Vertx vertx,
            RedisSettings connection,
            KeySettings keys,
            StoreSettings store,
            LogSettings log,
            Knowledge knowledge) {
        this.knowledge = knowledge;
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

    /** What an event loop opened on one connection; used on that event loop only. */
    public record Ports(
            TokenStore store, RevocationLog log, MarkStore marks, SweepLedger ledger, Connection connection) {}

    /**
     * What an event loop opened for its work; used on that event loop only.
     *
     * @param store of registrations and of large sweeps, on a connection of its own: what is sent behind many of them waits
     * @param urgent of revocations of single tokens and of users, on the connection of the log and the ledger
     */
    public record WorkPorts(
            TokenStore store,
            TokenStore urgent,
            RevocationLog log,
            MarkStore marks,
            SweepLedger ledger,
            Connection connection) {}

    /** The life of the connections behind ports. */
    public interface Connection {
        /** Succeeds if the server takes writes, if only those that need no more memory. What it writes expires by itself. */
        Future<Void> write();

        /** Tells in the log of servers that lack the fix of a known fault. */
        void warnOfFaults();

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
        return open(atWork());
    }

    private Future<Ports> open(StoreSettings store) {
        RedisLink link = link();
        Connections connections = new Connections(List.of(link), keys.ready, new MemoryWatch());
        return connections
                .open()
                .map(new Ports(
                        store(link, store),
                        log(link, writings(List.of(link), link)),
                        new RedisMarkStore(link, keys, log),
                        new RedisSweepLedger(link, keys, log.lease()),
                        connections));
    }

    /** As {@link #open}, on several connections, none of which waits for what another one is waiting for. */
    public Future<WorkPorts> openForWork() {
        RedisLink bulk = link();
        RedisLink urgent = link();
        List<RedisLink> written = List.of(bulk, urgent);
        List<RedisLink> links = new ArrayList<>(written);
        if (log.durability().replicas() > 0) {
            links.add(link());
        }
        Writings writings = writings(written, links.get(links.size() - 1));
        Connections connections = new Connections(links, keys.ready, new MemoryWatch());
        return connections
                .open()
                .map(new WorkPorts(
                        store(bulk, atWork()),
                        store(urgent, atWork()),
                        log(urgent, writings),
                        new RedisMarkStore(urgent, keys, log),
                        new RedisSweepLedger(urgent, keys, log.lease()),
                        connections));
    }

    private RedisLink link() {
        RedisLink link = switch (connection.servers()) {
            case ONE -> new ServerLink(vertx, connection);
            case CLUSTER -> new ClusterLink(vertx, connection);
        };
        link.onChange(knowledge::doubt);
        return link;
    }

    private TokenStore store(RedisLink link, StoreSettings settings) {
        return new RedisTokenStore(
                link,
                keys,
                settings,
                new Births(link, keys, bounds()),
                connection.clock(),
                new RealmsOfUsers(link, keys, settings.pageSize(), log.retention()));
    }

    private RevocationLog log(RedisLink link, Writings writings) {
        return new RedisRevocationLog(link, keys, log, writings, bounds());
    }

    private StampBounds bounds() {
        return new StampBounds(knowledge::newestMark, connection.clock());
    }

    private Writings writings(List<RedisLink> links, RedisLink witness) {
        DurabilitySettings demanded = log.durability();
        ReplicaCount count = new ReplicaCount(keys::mark, demanded);
        return new Writings(links, witness, new Confirmations(vertx.getOrCreateContext(), witness, count), demanded);
    }

    private StoreSettings atWork() {
        return new StoreSettings(store.pageSize(), store.pieceSize(), Math.min(store.cachedRecords(), RECORDS_AT_WORK));
    }

    /** All of them, or none. */
    private record Connections(List<RedisLink> links, String key, MemoryWatch memory) implements Connection {
        Future<Void> open() {
            return Future.join(links.stream().map(RedisLink::open).toList())
                    .<Void>mapEmpty()
                    .recover(failure ->
                            close().transform(closed -> Future.failedFuture(RedisFailure.translate(failure))));
        }

        @Override
        public Future<Void> write() {
            return links.get(0)
                    .send(Call.of(Command.SET, key).arg(1).arg("PX").arg(PROBE_MILLIS))
                    .<Void>mapEmpty()
                    .onSuccess(written -> memory.hasRoom())
                    .recover(failure ->
                            RedisFailure.isOfFullMemory(failure) ? writeWithoutMemory() : Future.failedFuture(failure));
        }

        /** As revocations and checks do, which go on then; a server that takes no writes for another reason as well refuses this one. */
        private Future<Void> writeWithoutMemory() {
            memory.isFull();
            return links.get(0).send(Call.of(Command.DEL, key)).mapEmpty();
        }

        @Override
        public void warnOfFaults() {
            links.get(0).versions().forEach(LuaFix::warnIfMissingIn);
        }

        @Override
        public Future<Void> close() {
            return Future.join(links.stream().map(RedisLink::close).toList()).mapEmpty();
        }
    }
}
