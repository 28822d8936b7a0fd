package io.revoker.revocation;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.FindSweeps;
import io.revoker.bus.FoundSweeps;
import io.revoker.bus.Register;
import io.revoker.bus.Revoke;
import io.revoker.bus.StopSweep;
import io.revoker.bus.SweepStopped;
import io.revoker.domain.MarkStore;
import io.revoker.domain.Marks;
import io.revoker.domain.Registration;
import io.revoker.domain.Report;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.Stamp;
import io.revoker.domain.SweepLedger;
import io.revoker.domain.TokenStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens a store on its own event loop, and serves the event bus from it. Deployed once per event loop. */
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
            Supplier<SweepLimits> limits, long mostMarks, InstantSource time, WorkMeters meters, CheckTraffic traffic) {
        SweepLimits inForce() {
            return traffic.within(limits.get());
        }
    }

    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

    private final Supplier<Future<Ports>> open;
    private final Marks marks;
    private final Setup setup;
    private Supplier<Future<Void>> leave = Future::succeededFuture;
    private Supplier<Future<Void>> close = Future::succeededFuture;
    private Optional<BusEndpoint> endpoint = Optional.empty();

    /** @param open called on the event loop of this verticle */
    public RevocationVerticle(Supplier<Future<Ports>> open, Marks marks, Setup setup) {
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
        return endpoint.map(BusEndpoint::close)
                .orElseGet(Future::succeededFuture)
                .eventually(leave)
                .eventually(close);
    }

    private void serve(Ports ports) {
        close = ports.close();
        WorkMeters meters = setup.meters();
        InstantSource time = setup.time();
        Checks checks = new Checks(ports.checked(), marks, time, setup.traffic());
        LogWriter writer = new LogWriter(ports.log(), marks, setup.mostMarks());
        SweepTools tools =
                new SweepTools(ports.store(), ports.urgent(), setup::inForce, context, meters.sweeps(), time);
        Sweeps sweeps = new Sweeps(tools, writer, ports.ledger());
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
        SweepQueries queries = new SweepQueries(ports.ledger(), meters.sweeps(), time, this::tellStopped);
        endpoint = Optional.of(new BusEndpoint(vertx)
                .serveChecks(request -> meters.check(checks.check(request)))
                .<Revoke, Report>serve(
                        Addresses.REVOKE, request -> meters.revocation(request.target(), revocations.revoke(request)))
                .<FindSweeps, FoundSweeps>serve(Addresses.FIND_SWEEPS, queries::find)
                .<StopSweep, FoundSweeps>serve(Addresses.STOP_SWEEP, queries::stop)
                .<Register, Registration>serve(
                        Addresses.REGISTER,
                        request -> meters.registration(ports.store().register(request.grant()))));
    }

    private void tellStopped(Stamp sweep) {
        vertx.eventBus().publish(Addresses.SWEEP_STOPPED, new SweepStopped(sweep), HERE);
    }
}
