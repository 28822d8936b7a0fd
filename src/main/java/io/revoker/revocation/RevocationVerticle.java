package io.revoker.revocation;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.Count;
import io.revoker.bus.Register;
import io.revoker.bus.Revoke;
import io.revoker.bus.UrgentEndpoint;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.bus.sweeps.SweepStopped;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.followers.FollowerStore;
import io.revoker.domain.near.NearLeases;
import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.store.AnswerStore;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.streams.StreamStore;
import io.revoker.revocation.audit.AuditedActs;
import io.revoker.revocation.count.Counting;
import io.revoker.revocation.count.GrantQueries;
import io.revoker.revocation.count.SharedPlaces;
import io.revoker.revocation.jwt.JwtRevocations;
import io.revoker.revocation.locks.LockQueries;
import io.revoker.revocation.near.NearWait;
import io.revoker.revocation.statuslists.StatusWork;
import io.revoker.revocation.streams.StreamWork;
import io.revoker.revocation.unlogged.UnloggedTokens;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens a store on its own event loop, and serves the event bus from it. It is deployed once per event loop, and once
 * more, to revoke users, on an event loop that serves no clients: a loop that is busy with batches and streams reads
 * each answer of Redis late.
 */
public final class RevocationVerticle extends VerticleBase {

    /**
     * What the verticle works on.
     *
     * @param checked the store that checks read, on a connection of their own, so that they wait for nothing else
     * @param store for registrations, large sweeps, counts and lists, each of which can delay other calls
     * @param urgent for revocations of single tokens and of the tokens of users
     * @param statusLists on the connection of {@code store}
     * @param log its confirmations also cover what {@code store} and {@code urgent} have written
     * @param marks on the connection of the log
     * @param ledger of the sweeps
     * @param answers on the connection of the log
     * @param streams of events, on the connection of the log
     * @param followers on the connection of the log
     * @param near on the connection of the log
     * @param audit keeps what is done
     * @param close closes all of them
     */
    public record Ports(
            TokenStore checked,
            TokenStore store,
            TokenStore urgent,
            StatusListStore statusLists,
            RevocationLog log,
            MarkStore marks,
            SweepLedger ledger,
            AnswerStore answers,
            StreamStore streams,
            FollowerStore followers,
            NearLeases near,
            AuditTrail audit,
            Supplier<Future<Void>> close) {}

    /**
     * What all instances share.
     *
     * @param limits the current limits; read again and again, on every event loop
     * @param mostMarks from this number of marks on, revocations of further realms and users are refused
     */
    public record Shared(
            Supplier<SweepSettings> limits,
            long mostMarks,
            InstantSource time,
            WorkMeters meters,
            CheckActivity activity,
            LocalSweeps sweeps,
            SharedPlaces places) {
        SweepSettings inForce() {
            return activity.within(limits.get());
        }
    }

    /** Which requests an instance serves. */
    public enum Role {
        /** Every request. */
        ANY,
        /** Revocations of users, as long as this instance is deployed. */
        USERS
    }

    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

    private final Role role;
    private final Supplier<Future<Ports>> open;
    private final Marks marks;
    private final Shared shared;
    private Supplier<Future<Void>> leave = Future::succeededFuture;
    private Supplier<Future<Void>> close = Future::succeededFuture;
    private Supplier<Future<Void>> unregister = Future::succeededFuture;

    /** @param open called on the event loop of this verticle */
    public RevocationVerticle(Supplier<Future<Ports>> open, Marks marks, Shared shared) {
        this(Role.ANY, open, marks, shared);
    }

    /** The same, with a role. */
    public RevocationVerticle(Role role, Supplier<Future<Ports>> open, Marks marks, Shared shared) {
        this.role = role;
        this.open = open;
        this.marks = marks;
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        return open.get().map(this::serve);
    }

    @Override
    public Future<?> stop() {
        return unregister.get().eventually(leave).eventually(close);
    }

    private Ports serve(Ports ports) {
        close = ports.close();
        WorkMeters meters = shared.meters();
        InstantSource time = shared.time();
        LogWriter writer = new LogWriter(ports.log(), marks, shared.mostMarks());
        SweepContext sweepContext =
                new SweepContext(ports.store(), ports.urgent(), shared::inForce, context, meters.sweeps(), time);
        Sweeps sweeps = new Sweeps(sweepContext, writer, ports.ledger(), shared.sweeps());
        sweeps.start();
        // On the connection of large sweeps, so that no revocation waits behind it.
        SweepContext later =
                new SweepContext(ports.store(), ports.store(), shared::inForce, context, meters.sweeps(), time);
        MarkRetirement retirement = new MarkRetirement(later, ports.marks());
        retirement.start();
        leave = () -> {
            retirement.stop();
            return sweeps.stop();
        };
        vertx.eventBus().<SweepStopped>localConsumer(Addresses.SWEEP_STOPPED, event -> sweeps.stopped(event.body()));
        UnloggedTokens unlogged = new UnloggedTokens(context, time, meters.unlogged());
        Revocations revocations = new Revocations(
                ports,
                writer,
                sweeps,
                new JwtRevocations(ports.urgent(), writer::append, marks, time, unlogged),
                meters,
                time,
                new NearWait(context, ports.near()),
                unlogged);
        Function<Revoke, Future<Report>> revoke = new AuditedActs(ports.audit())
                .revocations((request, keeping) ->
                        meters.revocation(request.target(), revocations.revoke(request, keeping)));
        unregister = switch (role) {
            case ANY -> serveAll(ports, revoke)::close;
            case USERS -> new UrgentEndpoint(vertx).serve(Addresses.REVOKE, revoke)::close;
        };
        return ports;
    }

    private BusEndpoint serveAll(Ports ports, Function<Revoke, Future<Report>> revoke) {
        WorkMeters meters = shared.meters();
        Checks checks = new Checks(ports.checked(), marks, shared.time(), shared.activity(), meters);
        LockQueries locks = new LockQueries(ports.marks().locks(), ports.log(), marks);
        SweepQueries queries = new SweepQueries(
                ports.ledger(),
                meters.sweeps(),
                shared.time(),
                this::stopHere,
                shared.inForce().longestStop());
        StreamWork streams = new StreamWork(ports.streams(), ports.log(), shared.time());
        StatusWork statuses = new StatusWork(ports.statusLists(), ports.store(), ports.log(), marks, context);
        AuditedActs audited = new AuditedActs(ports.audit());
        BusEndpoint stored = StoreRequests.serve(new BusEndpoint(vertx), ports);
        GrantQueries grants = new GrantQueries(ports.store(), marks, context, shared.time(), shared.places());
        return audited.serve(grants.serve(statuses.serve(streams.serve(stored))))
                .serveChecks(checks::check)
                .<Revoke, Report>serve(Addresses.REVOKE, revoke)
                .<Count, Report>serve(Addresses.COUNT, counting(ports)::count)
                .<LockStore.Find, LockStore.Found>serve(Addresses.FIND_LOCKS, locks::find)
                .<LockStore.Remove, LockStore.Found>serve(Addresses.REMOVE_LOCK, audited.unlocks(locks::remove))
                .<FindSweeps, FoundSweeps>serve(Addresses.FIND_SWEEPS, queries::find)
                .<StopSweep, FoundSweeps>serve(Addresses.STOP_SWEEP, audited.stops(queries::stop))
                .<Register, Registration>serve(
                        Addresses.REGISTER,
                        audited.registrations(
                                request -> meters.registration(ports.store().register(request.grant()))));
    }

    /** On the connection of large sweeps. */
    private Counting counting(Ports ports) {
        return new Counting(
                ports.store(),
                marks,
                context,
                shared.time(),
                () -> shared.inForce().patience(),
                shared.places());
    }

    /** Reaches every event loop of this instance. */
    private Future<Void> stopHere(Stamp sweep) {
        vertx.eventBus().publish(Addresses.SWEEP_STOPPED, new SweepStopped(sweep), HERE);
        return shared.sweeps().awaitEnd(sweep, vertx);
    }
}
