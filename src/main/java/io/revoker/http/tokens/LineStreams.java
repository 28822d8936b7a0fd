package io.revoker.http.tokens;

import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.http.Gate;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.RouteContext;
import io.revoker.http.request.BodyReader;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/**
 * Opens streams of lines. The body is held back until the caller is known. The body of a refused caller is discarded.
 */
record LineStreams(RouteContext context, Gate gate) {
    void open(RoutingContext request, Privilege privilege, Function<Caller, LineStream> stream) {
        gate.admit(request, privilege, new ProblemAccessDenied(), caller -> {
            context.unhurried().accept(request);
            BodyReader.sendContinue(request.request());
            stream.apply(caller).run();
        });
    }
}
