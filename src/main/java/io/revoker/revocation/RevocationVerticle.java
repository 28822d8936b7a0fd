package io.revoker.revocation;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.Register;
import io.revoker.bus.Revoke;
import io.revoker.domain.Marks;
import io.revoker.domain.Registration;
import io.revoker.domain.Report;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.TokenStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens a store on its own event loop, and serves the event bus from it. Deployed once per event loop. */
public final class RevocationVerticle extends VerticleBase {

    /**
     * What the verticle works on.
     *
     * @param checked the store that checks read, on a connection where they wait for nothing else
     * @param store where everything else is done
     * @param log on the same connection as the store, so that one confirmation is for both
     * @param close closes all of them
     */
    public record Ports(TokenStore checked, TokenStore store, RevocationLog log, Supplier<Future<Void>> close) {}

    private final Supplier<Future<Ports>> open;
    private final Marks marks;
    private final SweepLimits limits;
    private final InstantSource time;
    private Supplier<Future<Void>> close = Future::succeededFuture;
    private Optional<BusEndpoint> endpoint = Optional.empty();

    /** @param open called on the event loop of this verticle */
    public RevocationVerticle(Supplier<Future<Ports>> open, Marks marks, SweepLimits limits, InstantSource time) {
        this.open = open;
        this.marks = marks;
        this.limits = limits;
        this.time = time;
    }

    @Override
    public Future<?> start() {
        return open.get().onSuccess(this::serve);
    }

    @Override
    public Future<?> stop() {
        return endpoint.map(BusEndpoint::close)
                .orElseGet(Future::succeededFuture)
                .eventually(close);
    }

    private void serve(Ports ports) {
        close = ports.close();
        Checks checks = new Checks(ports.checked(), marks, time);
        Revocations revocations =
                new Revocations(ports.store(), ports.log(), new Sweeps(ports.store(), limits, context), time);
        endpoint = Optional.of(new BusEndpoint(vertx)
                .serveChecks(checks::check)
                .<Revoke, Report>serve(Addresses.REVOKE, revocations::revoke)
                .<Register, Registration>serve(
                        Addresses.REGISTER, request -> ports.store().register(request.grant())));
    }
}
