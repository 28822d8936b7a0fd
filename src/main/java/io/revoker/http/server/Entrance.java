package io.revoker.http.server;

import io.revoker.http.Awaited;
import io.revoker.http.BodyReader;
import io.revoker.http.RoutePaths;
import io.revoker.http.Routes;
import io.revoker.http.Served;
import io.revoker.http.Traffic;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/**
 * Lets in as many requests as there is room for; the others are answered 503. When there is none, there still is some for revocations, of callers who may
 * revoke: strangers could fill it with bodies that never come.
 */
final class Entrance implements Handler<RoutingContext> {
    private static final String NO_ROUTE = "none";

    /** What nginx calls a request whose client did not wait for the answer. */
    private static final int CLIENT_GONE = 499;

    private final Traffic traffic;
    private final RoutePaths revoking = new RoutePaths();
    private final Function<RoutingContext, Future<Boolean>> mayRevoke;

    Entrance(Traffic traffic, Served served) {
        this.traffic = traffic;
        this.mayRevoke = served.mayRevoke();
        served.routed().stream().flatMap(Routes::revoking).forEach(revoking::add);
    }

    @Override
    public void handle(RoutingContext request) {
        long began = System.nanoTime();
        request.addEndHandler(end ->
                traffic.answered(Traffic.route(request).orElse(NO_ROUTE), status(request, end.succeeded()), began));
        traffic.greet(request.request());
        if (traffic.enter()) {
            goOn(request);
        } else if (revoking.find(request.normalizedPath()).isPresent()) {
            askWhetherItMayRevoke(request);
        } else {
            traffic.refuse(request);
        }
    }

    private void askWhetherItMayRevoke(RoutingContext request) {
        BodyReader.hold(request);
        Place place = new Place();
        request.addEndHandler(end -> place.leave());
        Awaited.by(request, mayRevoke.apply(request).otherwise(false), may -> {
            if (may && place.enter()) {
                request.next();
            } else {
                traffic.refuse(request);
            }
        });
    }

    /** For a request whose client may have gone by the time it is let in: then nobody would tell that it has ended. */
    private final class Place {
        private boolean ended;
        private boolean taken;

        boolean enter() {
            taken = !ended && traffic.enterToRevoke();
            return taken;
        }

        void leave() {
            ended = true;
            if (taken) {
                traffic.leave();
            }
        }
    }

    private void goOn(RoutingContext request) {
        request.addEndHandler(end -> traffic.leave());
        request.next();
    }

    private static int status(RoutingContext request, boolean answered) {
        return answered || request.response().headWritten() ? request.response().getStatusCode() : CLIENT_GONE;
    }
}
