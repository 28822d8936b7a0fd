package io.revoker.http.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.AuditBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.audit.AuditRequests.Chain;
import io.revoker.domain.audit.AuditRequests.Chains;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.FindChains;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditRequests.Page;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.Json;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.Routes;
import io.revoker.http.request.Parameters;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BiFunction;

/**
 * {@code GET /v1/audit}: the entries of the caller's realms, as they were written; {@code GET /v1/audit/chains}: the
 * ends of the chains, with which they can be checked.
 */
public final class AuditRoutes implements Routes {
    private static final String PATH = "/v1/audit";
    private static final String CHAINS = PATH + "/chains";

    private final AuditBus bus;
    private final Gate gate;

    public AuditRoutes(AuditBus bus, Gate gate) {
        this.bus = bus;
        this.gate = gate;
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(request -> answer(request, this::entries));
        router.get(CHAINS).handler(request -> answer(request, this::chains));
        router.route(PATH).handler(new MethodNotAllowed("GET"));
        router.route(CHAINS).handler(new MethodNotAllowed("GET"));
    }

    private void answer(RoutingContext request, BiFunction<RoutingContext, Caller, Future<Buffer>> work) {
        gate.admit(
                request,
                Privilege.AUDIT,
                new ProblemAccessDenied(),
                caller -> AsyncAnswer.orProblem(
                        request,
                        Future.succeededFuture().compose(admitted -> work.apply(request, caller)),
                        body -> send(request, body)));
    }

    private static void send(RoutingContext request, Buffer body) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.send(request, 200, "application/json; charset=UTF-8", body);
    }

    private Future<Buffer> entries(RoutingContext request, Caller caller) {
        Find wanted = AuditQuery.read(Parameters.ofQuery(request.request()), caller.realms());
        return bus.find(wanted).map(AuditRoutes::body);
    }

    /** Each entry to the byte, so that its hash can be computed. */
    private static Buffer body(Page page) {
        Buffer body = Buffer.buffer("{\"entries\":[").appendString(String.join(",", page.lines()));
        body.appendString("]");
        page.next().ifPresent(next -> body.appendString(",\"next\":\"" + next + "\""));
        return body.appendString("}");
    }

    private Future<Buffer> chains(RoutingContext request, Caller caller) {
        Parameters.ofQuery(request.request()).requireOnly(List.of());
        return caller.realms().only().isPresent()
                ? Future.failedFuture(
                        Problem.forbidden("chains: of all realms (expected: a client that may act in all of them)"))
                : bus.chains(new FindChains()).map(found -> Buffer.buffer(Json.write(body(found))));
    }

    private static ObjectNode body(Chains found) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode chains = body.putArray("chains");
        found.chains().forEach(chain -> put(chain, chains.addObject()));
        return body;
    }

    private static void put(Link link, ObjectNode body) {
        body.put("number", link.number()).put("hash", link.hash());
    }

    private static void put(Chain chain, ObjectNode body) {
        body.put("chain", chain.id());
        put(chain.last(), body.putObject("last"));
        if (chain.removed().number() > 0) {
            put(chain.removed(), body.putObject("removed"));
        }
        body.put("written", chain.written().toString());
        chain.signature().ifPresent(signature -> body.put("signature", signature));
    }
}
