package io.revoker.http.elastic;

import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.elastic.MediaType.MediaTypes;
import io.revoker.http.single.ReportHeaders;
import io.revoker.http.single.RevocationAudit;
import io.revoker.http.single.TokenRevocations;
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
    private static final RevocationAudit AUDIT = new RevocationAudit(LoggerFactory.getLogger(InvalidateRoute.class));

    private final TokenRevocations tokens;
    private final ReportHeaders headers;
    private final InvalidateAccess access;
    private final RevocationBody bodies;
    private final Dialect dialect;

    InvalidateRoute(TokenRevocations tokens, InvalidateAccess access, RevocationBody bodies, Dialect dialect) {
        this.tokens = tokens;
        this.headers = new ReportHeaders(tokens.jwts());
        this.access = access;
        this.bodies = bodies;
        this.dialect = dialect;
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
                    report -> answer(request, report, rendering),
                    failure -> ElasticHandler.fail(request, failure, rendering));
        });
    }

    private Future<Report> invalidate(RoutingContext request, Caller caller, byte[] body) {
        WireFormat format = MediaTypes.ofRequest(ElasticHandler.contentTypes(request), body.length);
        ParsedRequest parsed = InvalidateRequestParser.parse(body, format);
        ElasticHandler.parameters(request).requireKnown(request.request().path());
        Revoke.Until until = ElasticHandler.parameters(request).until();
        Target target = access.authorize(request, caller, parsed.validate());
        return revoke(caller, new Revoke(target, caller.realms(), until, Optional.of(caller.id())), parsed.tokenText())
                .onSuccess(report -> headers.of(target, report).forEach(request.response()::putHeader));
    }

    private void answer(RoutingContext request, Report report, Rendering rendering) {
        ElasticHandler.send(
                request,
                report.outcome() == Report.Outcome.BEGUN
                        ? ElasticAnswer.of(202, InvalidationBody.begun(report), rendering)
                        : ElasticAnswer.of(dialect.status(report), dialect.body(report), rendering));
    }

    private Future<Report> revoke(Caller caller, Revoke revoke, String token) {
        return AUDIT.of(caller, revoke, asked -> tokens.revoke(asked, token));
    }

    private void options(RoutingContext request) {
        request.response().putHeader("Allow", String.join(",", dialect.methods()));
        ElasticHandler.send(request, new ElasticAnswer(200, "text/plain; charset=UTF-8", Map.of(), new byte[0]));
    }
}
