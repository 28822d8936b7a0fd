package io.revoker.http.check;

import io.revoker.bus.CheckOutcome;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.CheckConfig;
import io.revoker.config.Configuration;
import io.revoker.domain.Verdict;
import io.revoker.http.Answer;
import io.revoker.http.Awaited;
import io.revoker.http.BodyReader;
import io.revoker.http.Edge;
import io.revoker.http.Gate;
import io.revoker.http.KindsTold;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.ProblemRefusal;
import io.revoker.http.Routes;
import io.revoker.http.Traffic;
import io.revoker.http.Turns;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code POST /v1/checks}: which of some tokens are active. They travel to the store together, in slices. All of them are answered, or none: a caller
 * that got part of an answer might take what is missing for good or for bad.
 */
public final class BatchCheckRoutes implements Routes {
    private static final String PATH = "/v1/checks";
    private static final String TYPE = "application/json";

    private final Gate gate;
    private final Traffic traffic;
    private final SlicedChecks checks;
    private final Supplier<CheckConfig> limits;

    /** @param limits those in force, asked with every request */
    public BatchCheckRoutes(
            Edge edge,
            RevokerBus bus,
            Gate gate,
            Traffic traffic,
            Configuration configuration,
            Supplier<CheckConfig> limits) {
        this.gate = gate;
        this.traffic = traffic;
        this.checks = new SlicedChecks(
                bus,
                Turns.ofChecks(configuration.redis().maxInFlight(), edge.precedence()),
                configuration.http().requestTimeout());
        this.limits = limits;
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(router, PATH, Map.of(TYPE, this::admit), TYPE);
    }

    /** The body may be a large one, so it waits until the caller is known. */
    private void admit(RoutingContext request) {
        gate.admit(request, Privilege.CHECK, new ProblemRefusal(), caller -> {
            request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            Future<Buffer> body =
                    new BodyReader(limits.get().maxBodySize(), "check.max-body-size").read(request.request());
            Awaited.by(request, body, read -> check(request, read, caller));
        });
    }

    private void check(RoutingContext request, Buffer body, Caller caller) {
        Future<List<byte[]>> checked = Future.succeededFuture(body.getBytes())
                .map(bytes -> question(bytes, caller))
                .compose(question ->
                        traffic.weighing(question.size(), () -> checks.ask(question, BatchCheckRoutes::part)));
        Awaited.by(
                request,
                checked,
                parts -> Answer.send(request, 200, "application/json; charset=UTF-8", BatchCheckBody.of(parts)),
                failure -> ProblemDetails.of(failure).send(request));
    }

    private BatchQuestion question(byte[] body, Caller caller) {
        BatchCheckReader.Batch batch = new BatchCheckReader(limits.get().maxBatch()).read(body);
        return new BatchQuestion(batch.tokens(), caller.realms(), KindsTold.to(caller, batch.hint()));
    }

    private static byte[] part(List<CheckOutcome> outcomes) {
        return BatchCheckBody.part(
                outcomes.stream().map(BatchCheckRoutes::verdict).toList());
    }

    private static Verdict verdict(CheckOutcome outcome) {
        return outcome.match(CheckOutcome.Decided::verdict, undecided -> {
            throw undecided.problem();
        });
    }
}
