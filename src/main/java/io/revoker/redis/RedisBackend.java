package io.revoker.redis;

import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.followers.FollowerStore;
import io.revoker.domain.near.NearLeases;
import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.store.AnswerStore;
import io.revoker.domain.store.KnownMarks;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.streams.StreamStore;
import io.revoker.redis.answers.RedisAnswerStore;
import io.revoker.redis.audit.RedisAuditStore;
import io.revoker.redis.followers.RedisFollowerStore;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.LayoutVersion;
import io.revoker.redis.keys.StatusListKeys;
import io.revoker.redis.link.ClusterLink;
import io.revoker.redis.link.ConfirmingPrimary.ReplicaCount;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.RedisSettings;
import io.revoker.redis.link.ServerLink;
import io.revoker.redis.log.Confirmations;
import io.revoker.redis.log.DurabilitySettings;
import io.revoker.redis.log.LogSettings;
import io.revoker.redis.log.RedisLockStore;
import io.revoker.redis.log.RedisMarkStore;
import io.revoker.redis.log.RedisRevocationLog;
import io.revoker.redis.log.RedisSweepLedger;
import io.revoker.redis.log.SingleEntries;
import io.revoker.redis.log.WriteBarrier;
import io.revoker.redis.near.NearSight;
import io.revoker.redis.near.RedisNearLeases;
import io.revoker.redis.streams.RedisStreamStore;
import io.revoker.redis.tokens.RedisTokenStore.StoreSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Creates the ports, each set of them on connections of its own; the only entry point of this package. */
public final class RedisBackend {
    /** Enough for invalidations: each reads a record that was found a moment ago. */
    private static final int RECORDS_AT_WORK = 1000;

    private final Vertx vertx;
    private final RedisSettings connection;
    private final Keys keys;
    private final LayoutVersion layout;
    private final StoreSettings store;
    private final LogSettings log;
    private final KnownMarks knownMarks;
    private final LinkStores stores;

    /** @param knownMarks of this node: no grant that it registers is born before the newest mark that it knows */
    public RedisBackend(
            Vertx vertx,
            RedisSettings connection,
            KeySettings keys,
            StoreSettings store,
            LogSettings log,
            KnownMarks knownMarks) {
        this.knownMarks = knownMarks;
        this.vertx = vertx;
        this.connection = connection;
        this.keys = new Keys(keys.prefix(), keys.realmShards());
        this.layout = new LayoutVersion(keys.layout());
        this.store = store;
        this.log = log;
        this.stores = new LinkStores(
                vertx,
                this.keys,
                new StatusListKeys(keys.prefix()),
                connection.clock(),
                log.retention(),
                knownMarks,
                layout);
    }

    /**
     * The name space of the keys.
     *
     * @param realmShards parts that the index set of a realm has; fixed for the life of the data
     * @param layout the version that the layout of the data is raised to, and that an empty store begins with, see
     * {@link LayoutVersion}; 0 leaves it as it is, and an empty store begins with the newest
     */
    public record KeySettings(String prefix, int realmShards, int layout) {}

    /** The ports of an event loop on one connection; used on that event loop only. */
    public record Ports(
            TokenStore store,
            RevocationLog log,
            MarkStore marks,
            SweepLedger ledger,
            NearLeases near,
            BackendConnection connection) {}

    /**
     * The ports of an event loop for revocations and registrations; used on that event loop only.
     *
     * @param store for registrations and large sweeps, on a connection of its own: a call behind many of them waits
     * @param urgent for revocations of single tokens and of users, on the connection of the log and the ledger
     */
    public record WorkPorts(
            TokenStore store,
            TokenStore urgent,
            StatusListStore statusLists,
            RevocationLog log,
            MarkStore marks,
            SweepLedger ledger,
            AnswerStore answers,
            StreamStore streams,
            FollowerStore followers,
            AuditStore audit,
            NearLeases near,
            BackendConnection connection) {}

    /**
     * Like {@link #open}, and caches as many records as the settings say: a check of a token whose record is cached
     * takes one command instead of two.
     */
    public Future<Ports> openForChecks() {
        return open(store);
    }

    /**
     * Opens a connection on the calling event loop, and supervises it until it is closed. Fails with a
     * {@link io.revoker.domain.Problem} if the first attempt fails, and then makes no other.
     */
    public Future<Ports> open() {
        return open(atWork());
    }

    private Future<Ports> open(StoreSettings store) {
        RedisLink link = link();
        Connections connections = Connections.of(vertx, List.of(link), keys, layout);
        NearSight near = new NearSight();
        return connections
                .open()
                .map(new Ports(
                        stores.tokens(link, store, entries(near)),
                        log(link, barrier(List.of(link), link), near),
                        new RedisMarkStore(link, keys, log, new RedisLockStore(link, keys, stores.bounds())),
                        new RedisSweepLedger(link, keys, log.lease()),
                        new RedisNearLeases(link, keys, near),
                        connections));
    }

    /** Like {@link #open}, on several connections, so that none of them waits for what another one is waiting for. */
    public Future<WorkPorts> openForWork() {
        RedisLink bulk = link();
        RedisLink urgent = link();
        List<RedisLink> written = List.of(bulk, urgent);
        List<RedisLink> links = new ArrayList<>(written);
        if (log.durability().replicas() > 0) {
            links.add(link());
        }
        WriteBarrier barrier = barrier(written, links.get(links.size() - 1));
        Connections connections = Connections.of(vertx, links, keys, layout);
        NearSight near = new NearSight();
        return connections
                .open()
                .map(new WorkPorts(
                        stores.tokens(bulk, atWork(), entries(near)),
                        stores.tokens(urgent, atWork(), entries(near)),
                        stores.statusLists(bulk),
                        log(urgent, barrier, near),
                        new RedisMarkStore(urgent, keys, log, new RedisLockStore(urgent, keys, stores.bounds())),
                        new RedisSweepLedger(urgent, keys, log.lease()),
                        new RedisAnswerStore(urgent, keys),
                        new RedisStreamStore(urgent, keys, log.retention()),
                        new RedisFollowerStore(urgent, keys, log.followers()),
                        new RedisAuditStore(urgent, bulk, keys),
                        new RedisNearLeases(urgent, keys, near),
                        connections));
    }

    private RedisLink link() {
        RedisLink link = switch (connection.servers()) {
            case ONE -> new ServerLink(vertx, connection);
            case CLUSTER -> new ClusterLink(vertx, connection);
        };
        link.onChange(knownMarks::doubt);
        return link;
    }

    private RevocationLog log(RedisLink link, WriteBarrier barrier, NearSight near) {
        return new RedisRevocationLog(link, keys, log, barrier, stores.bounds(), near);
    }

    private SingleEntries entries(NearSight near) {
        return new SingleEntries(keys, log, stores.bounds(), near);
    }

    private WriteBarrier barrier(List<RedisLink> links, RedisLink confirming) {
        DurabilitySettings demanded = log.durability();
        ReplicaCount count = new ReplicaCount(keys::replicationProbe, demanded.replicas(), demanded.patience());
        Confirmations confirmations = new Confirmations(vertx.getOrCreateContext(), confirming, count);
        return new WriteBarrier(links, confirming, confirmations, demanded);
    }

    private StoreSettings atWork() {
        return new StoreSettings(store.pageSize(), store.pieceSize(), Math.min(store.cachedRecords(), RECORDS_AT_WORK));
    }
}
