package io.revoker.revocation;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.FindSweeps;
import io.revoker.bus.FoundSweeps;
import io.revoker.bus.Register;
import io.revoker.bus.Revoke;
import io.revoker.bus.StopSweep;
import io.revoker.bus.SweepStopped;
import io.revoker.bus.UrgentEndpoint;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens a store on its own event loop, and serves the event bus from it. Deployed once per event loop, and once more on one that serves no clients, where
 * users are revoked: an event loop that is at batches and streams comes to each answer of Redis late.
 */
public final class RevocationVerticle extends VerticleBase {

    /**
     * What the verticle works on.
     *
     * @param checked the store that checks read, on a connection where they wait for nothing else
     * @param store where registrations and large sweeps are done, each of which can keep others waiting
     * @param urgent where single tokens and the tokens of users are revoked
     * @param log whose confirmations are for both of them, too
     * @param marks beside the log
     * @param ledger of the sweeps
     * @param close closes all of them
     */
    public record Ports(
            TokenStore checked,
            TokenStore store,
            TokenStore urgent,
            RevocationLog log,
            MarkStore marks,
            SweepLedger ledger,
            Supplier<Future<Void>> close) {}

    /**
     * What is the same for all instances.
     *
     * @param limits those in force; asked again and again, on every event loop
     * @param mostMarks above which revocations of further realms and users are refused
     */
    public record Setup(
            Supplier<SweepLimits> limits,
            long mostMarks,
            InstantSource time,
            WorkMeters meters,
            CheckTraffic traffic,
            SweepsHere sweeps) {
        SweepLimits inForce() {
            return traffic.within(limits.get());
        }
    }

    /** What is served. */
    public enum Role {
        /** Every request. */
        ANY,
        /** Revocations of users, as long as this one is there. */
        USERS
    }

    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

    private final Role role;
    private final Supplier<Future<Ports>> open;
    private final Marks marks;
    private final Setup setup;
    private Supplier<Future<Void>> leave = Future::succeededFuture;
    private Supplier<Future<Void>> close = Future::succeededFuture;
    private Supplier<Future<Void>> silence = Future::succeededFuture;

    /** @param open called on the event loop of this verticle */
    public RevocationVerticle(Supplier<Future<Ports>> open, Marks marks, Setup setup) {
        this(Role.ANY, open, marks, setup);
    }

    /** The same for some requests only. */
    public RevocationVerticle(Role role, Supplier<Future<Ports>> open, Marks marks, Setup setup) {
        this.role = role;
        this.open = open;
        this.marks = marks;
        this.setup = setup;
    }

    @Override
    public Future<?> start() {
        return open.get().onSuccess(this::serve);
    }

    @Override
    public Future<?> stop() {
        return silence.get().eventually(leave).eventually(close);
    }

    private void serve(Ports ports) {
        close = ports.close();
        WorkMeters meters = setup.meters();
        InstantSource time = setup.time();
        LogWriter writer = new LogWriter(ports.log(), marks, setup.mostMarks());
        SweepTools tools =
                new SweepTools(ports.store(), ports.urgent(), setup::inForce, context, meters.sweeps(), time);
        Sweeps sweeps = new Sweeps(tools, writer, ports.ledger(), setup.sweeps());
        sweeps.start();
        // On the connection of large sweeps: no revocation waits behind it.
        SweepTools later = new SweepTools(ports.store(), ports.store(), setup::inForce, context, meters.sweeps(), time);
        MarkRetirement retirement = new MarkRetirement(later, ports.marks());
        retirement.start();
        leave = () -> {
            retirement.stop();
            return sweeps.stop();
        };
        vertx.eventBus().<SweepStopped>localConsumer(Addresses.SWEEP_STOPPED, event -> sweeps.stopped(event.body()));
        Revocations revocations = new Revocations(ports, writer, sweeps, meters, time);
        Function<Revoke, Future<Report>> revoke =
                request -> meters.revocation(request.target(), revocations.revoke(request));
        silence = switch (role) {
            case ANY -> serveAll(ports, revoke)::close;
            case USERS -> new UrgentEndpoint(vertx).serve(Addresses.REVOKE, revoke)::close;
        };
    }

    private BusEndpoint serveAll(Ports ports, Function<Revoke, Future<Report>> revoke) {
        WorkMeters meters = setup.meters();
        Checks checks = new Checks(ports.checked(), marks, setup.time(), setup.traffic());
        SweepStops stops = new SweepStops(setup.sweeps(), this::tellStopped, vertx);
        SweepQueries queries = new SweepQueries(ports.ledger(), meters.sweeps(), setup.time(), stops);
        return new BusEndpoint(vertx)
                .serveChecks(request -> meters.check(checks.check(request)))
                .<Revoke, Report>serve(Addresses.REVOKE, revoke)
                .<FindSweeps, FoundSweeps>serve(Addresses.FIND_SWEEPS, queries::find)
                .<StopSweep, FoundSweeps>serve(Addresses.STOP_SWEEP, queries::stop)
                .<Register, Registration>serve(
                        Addresses.REGISTER,
                        request -> meters.registration(ports.store().register(request.grant())));
    }

    private void tellStopped(Stamp sweep) {
        vertx.eventBus().publish(Addresses.SWEEP_STOPPED, new SweepStopped(sweep), HERE);
    }
}
