package io.revoker.http.tokens;

import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.http.BodyReader;
import io.revoker.http.Edge;
import io.revoker.http.Gate;
import io.revoker.http.ProblemRefusal;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Lets streams of lines in. The body waits until the caller is known; who is refused may send it, but nobody reads it. */
record LineStreams(Edge edge, Gate gate) {
    void open(RoutingContext request, Privilege privilege, Function<Caller, LineStream> stream) {
        gate.admit(request, privilege, new ProblemRefusal(), caller -> {
            edge.unhurried().accept(request);
            BodyReader.invite(request.request());
            stream.apply(caller).run();
        });
    }
}
