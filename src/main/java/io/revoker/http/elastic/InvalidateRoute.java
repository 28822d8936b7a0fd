package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.elastic.MediaType.MediaTypes;
import io.revoker.http.single.ReceiptWaits;
import io.revoker.http.single.ReportHeaders;
import io.revoker.http.single.RevocationLogLine;
import io.revoker.http.single.TokenRevocations;
import io.revoker.http.single.ToldReceipt;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * One invalidation. The order of its checks is part of the contract: content type, method, content coding,
 * credentials, body, query parameters, validation, privilege. So a caller that lacks the privilege still gets the
 * error of a bad body first. The checks up to the credentials use only the head of the request: the body of a stranger
 * is not read.
 */
final class InvalidateRoute implements Handler<RoutingContext> {
    private static final RevocationLogLine LOG_LINE =
            new RevocationLogLine(LoggerFactory.getLogger(InvalidateRoute.class));

    private final TokenRevocations tokens;
    private final ReportHeaders headers;
    private final InvalidateAccess access;
    private final RevocationBody bodies;
    private final Dialect dialect;
    private final ReceiptWaits receipts;

    InvalidateRoute(
            TokenRevocations tokens,
            InvalidateAccess access,
            RevocationBody bodies,
            Dialect dialect,
            ReceiptWaits receipts) {
        this.tokens = tokens;
        this.headers = new ReportHeaders(tokens.jwts());
        this.access = access;
        this.bodies = bodies;
        this.dialect = dialect;
        this.receipts = receipts;
    }

    @Override
    public void handle(RoutingContext request) {
        if (request.request().method().equals(HttpMethod.OPTIONS)) {
            options(request);
            return;
        }
        ElasticHandler.attempt(request, rendering -> {
            MediaTypes.requireOfHead(request.request());
            ElasticHandler.requireMethod(request, dialect.methods());
            dialect.addHeaders(request);
            ElasticHandler.requireReadable(request);
            AsyncAnswer.by(
                    request,
                    access.authenticate(request)
                            .compose(caller ->
                                    bodies.read(request).compose(body -> invalidate(request, caller, body.getBytes()))),
                    done -> answer(request, done, rendering),
                    failure -> ElasticHandler.fail(request, failure, rendering));
        });
    }

    /** A revocation, and what is known of it at the followers if that was asked for. */
    private record Done(Report report, Optional<ToldReceipt> receipt) {}

    private Future<Done> invalidate(RoutingContext request, Caller caller, byte[] body) {
        WireFormat format = MediaTypes.ofRequest(ElasticHandler.contentTypes(request), body.length);
        ParsedRequest parsed = InvalidateRequestParser.parse(body, format);
        ElasticHandler.parameters(request).requireKnown(request.request().path());
        Revoke.Until until = ElasticHandler.parameters(request).until();
        Target target = access.authorize(request, caller, parsed.validate());
        Optional<ReceiptWaits.Wait> wait = asked(request);
        return revoke(caller, new Revoke(target, caller.realms(), until, Optional.of(caller.id())), parsed.tokenText())
                .onSuccess(report -> headers.of(target, report).forEach(request.response()::putHeader))
                .compose(report -> wait.filter(open -> report.outcome() != Report.Outcome.NOT_FOUND)
                        .map(open -> open.receipt(report.stamp(), target, caller)
                                .map(told -> new Done(report, Optional.of(told))))
                        .orElseGet(() -> Future.succeededFuture(new Done(report, Optional.empty()))));
    }

    private Optional<ReceiptWaits.Wait> asked(RoutingContext request) {
        try {
            return receipts.read(request, ElasticHandler.parameters(request).values());
        } catch (Problem wrong) {
            throw wrong.kind() == Problem.Kind.INVALID ? RequestErrors.illegalArgument(wrong.text()) : wrong;
        }
    }

    private void answer(RoutingContext request, Done done, Rendering rendering) {
        Report report = done.report();
        boolean begun = report.outcome() == Report.Outcome.BEGUN;
        int status = begun ? 202 : dialect.status(report);
        ObjectNode body = begun ? InvalidationBody.begun(report) : dialect.body(report);
        ElasticHandler.send(
                request,
                done.receipt()
                        .map(told -> ElasticAnswer.of(told.status(status), told.in(body), rendering))
                        .orElseGet(() -> ElasticAnswer.of(status, body, rendering)));
    }

    private Future<Report> revoke(Caller caller, Revoke revoke, String token) {
        return LOG_LINE.of(caller, revoke, asked -> tokens.revoke(asked, token));
    }

    private void options(RoutingContext request) {
        request.response().putHeader("Allow", String.join(",", dialect.methods()));
        ElasticHandler.send(request, new ElasticAnswer(200, "text/plain; charset=UTF-8", Map.of(), new byte[0]));
    }
}
