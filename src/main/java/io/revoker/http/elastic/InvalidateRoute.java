package io.revoker.http.elastic;

import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.Durability;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.http.Awaited;
import io.revoker.http.ProblemDetails;
import io.revoker.http.elastic.MediaType.MediaTypes;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One invalidation. The order of its checks is part of the contract: content type, method, content coding, credentials, body, query parameters, validation,
 * privilege. So a caller that lacks the privilege still hears of a bad body first. Up to the credentials the head of the request decides: of a stranger no body is
 * read.
 */
final class InvalidateRoute implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(InvalidateRoute.class);

    private final Function<Revoke, Future<Report>> revoker;
    private final Admission admission;
    private final UnhurriedBody bodies;
    private final Dialect dialect;

    InvalidateRoute(
            Function<Revoke, Future<Report>> revoker, Admission admission, UnhurriedBody bodies, Dialect dialect) {
        this.revoker = revoker;
        this.admission = admission;
        this.bodies = bodies;
        this.dialect = dialect;
    }

    @Override
    public void handle(RoutingContext request) {
        if (request.request().method().equals(HttpMethod.OPTIONS)) {
            options(request);
            return;
        }
        Wire.attempt(request, rendering -> {
            MediaTypes.requireOfHead(request.request());
            Wire.requireMethod(request, dialect.methods());
            dialect.greet(request);
            Wire.requireReadable(request);
            Awaited.by(
                    request,
                    admission
                            .authenticate(request)
                            .compose(caller ->
                                    bodies.read(request).compose(body -> invalidate(request, caller, body.getBytes()))),
                    report -> answer(request, report, rendering),
                    failure -> Wire.fail(request, failure, rendering));
        });
    }

    private Future<Report> invalidate(RoutingContext request, Caller caller, byte[] body) {
        WireFormat format = MediaTypes.ofRequest(Wire.contentTypes(request), body.length);
        ParsedRequest parsed = InvalidateRequestParser.parse(body, format);
        Wire.parameters(request).requireKnown(request.request().path());
        Revoke.Until until = Wire.parameters(request).until();
        Target target = admission.authorize(request, caller, parsed.validate());
        return revoke(caller, new Revoke(target, caller.realms(), until, Optional.of(caller.id())));
    }

    /** The body belongs to the wire, so what is more to say stands in headers. */
    private void answer(RoutingContext request, Report report, Rendering rendering) {
        if (report.outcome() != Report.Outcome.NOT_FOUND) {
            Durability durability = report.durability();
            request.response()
                    .putHeader("Revoker-Stamp", report.stamp().toString())
                    .putHeader(
                            "Revoker-Durability",
                            "fsync=" + durability.fsync().name().toLowerCase(Locale.ROOT) + ", replicas="
                                    + durability.replicas());
            tellJoined(request, report);
            if (report.ofNobody()) {
                request.response().putHeader("Revoker-Holder", "unknown");
            }
        }
        Wire.send(
                request,
                report.outcome() == Report.Outcome.BEGUN
                        ? ElasticAnswer.of(202, InvalidationBody.begun(report), rendering)
                        : ElasticAnswer.of(dialect.status(report), dialect.body(report), rendering));
    }

    /** The counts are those of other sweeps too, which may have told them to others. */
    private static void tellJoined(RoutingContext request, Report report) {
        if (!report.joined().isEmpty()) {
            String joined = report.joined().stream().map(Stamp::toString).collect(Collectors.joining(", "));
            request.response().putHeader("Revoker-Joined", joined);
        }
        if (report.outcome() == Report.Outcome.JOINED) {
            request.response().putHeader("Revoker-Sweep", report.stamp().toString());
        }
    }

    private Future<Report> revoke(Caller caller, Revoke revoke) {
        return revoker.apply(revoke)
                .onSuccess(report -> log(caller, revoke.target(), report))
                .onFailure(failure -> logFailure(caller, revoke.target(), failure))
                .recover(failure -> Future.failedFuture(ProblemDetails.withWhatWasDone(failure)));
    }

    private static void log(Caller caller, Target target, Report report) {
        LOG.atInfo()
                .addKeyValue("caller", caller.id())
                .addKeyValue("target", target.label())
                .addKeyValue("outcome", report.outcome().name().toLowerCase(Locale.ROOT))
                .addKeyValue("stamp", report.stamp().micros())
                .addKeyValue("invalidated", report.tally().invalidated())
                .addKeyValue("previously_invalidated", report.tally().previouslyInvalidated())
                .addKeyValue("errors", report.errorCount())
                .log("revocation");
    }

    /** It may be in force all the same, so it must be known whose it is. */
    private static void logFailure(Caller caller, Target target, Throwable failure) {
        Problem.Kind outcome = failure instanceof Problem problem ? problem.kind() : Problem.Kind.INTERNAL;
        LOG.atWarn()
                .addKeyValue("caller", caller.id())
                .addKeyValue("target", target.label())
                .addKeyValue("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .addKeyValue("failure", ProblemDetails.of(failure).detail())
                .log("revocation");
    }

    private void options(RoutingContext request) {
        request.response().putHeader("Allow", String.join(",", dialect.methods()));
        Wire.send(request, new ElasticAnswer(200, "text/plain; charset=UTF-8", Map.of(), new byte[0]));
    }
}
