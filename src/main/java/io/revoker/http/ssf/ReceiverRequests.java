package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.Caller;
import io.revoker.caller.Callers;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.request.BodyReader;
import io.revoker.http.request.Parameters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What all requests of receivers have in common: the privilege, and answers that no cache keeps. */
public record ReceiverRequests(Gate gate, BodyReader bodies, Callers callers) {
    static final String JSON = "application/json";

    /** Admits a caller that may follow the revocations. */
    void admit(RoutingContext request, BiConsumer<RoutingContext, Caller> then) {
        gate.admit(request, Privilege.FEED, new ProblemAccessDenied(), caller -> then.accept(request, caller));
    }

    /** The same, and reads the body. */
    <B> void admit(RoutingContext request, Function<byte[], B> reader, BiFunction<B, Caller, Future<Runnable>> work) {
        admit(
                request,
                (admitted, caller) -> AsyncAnswer.by(
                        request,
                        bodies.read(request.request()),
                        body -> answer(
                                request,
                                Future.succeededFuture(body.getBytes())
                                        .map(reader)
                                        .compose(read -> work.apply(read, caller)))));
    }

    /** The stream that the query names; fails with a {@link Problem} as {@link Parameters#ofQuery} does. */
    static Future<Optional<String>> stream(RoutingContext request) {
        return Future.succeededFuture(request.request())
                .map(Parameters::ofQuery)
                .map(query -> query.given("stream_id"));
    }

    /** A caller that was admitted, as it is now; empty if it may follow the revocations no more. */
    Optional<Caller> now(Caller admitted) {
        return callers.named(admitted.id()).filter(caller -> caller.may(Privilege.FEED));
    }

    /** @param work results in what sends the answer */
    void answer(RoutingContext request, Future<Runnable> work) {
        AsyncAnswer.orProblem(request, work, Runnable::run);
    }

    static Runnable json(RoutingContext request, int status, JsonNode body) {
        return () -> {
            request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            Answer.json(request, status, body);
        };
    }

    static Runnable empty(RoutingContext request) {
        return () -> Answer.empty(request, 204);
    }

    static Runnable denied(RoutingContext request, Caller caller) {
        return () -> new ProblemAccessDenied().unauthorized(request, caller);
    }

    static Runnable unknown(RoutingContext request) {
        return () -> new ProblemDetails(404, "stream_id: unknown").send(request);
    }
}
