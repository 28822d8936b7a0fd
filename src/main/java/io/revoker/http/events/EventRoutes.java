package io.revoker.http.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.EventNotice;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.revoker.http.StrangerBodies;
import io.revoker.http.single.NoticedRevocations;
import io.revoker.http.single.NoticedRevocations.Notice;
import io.revoker.http.single.RevocationAudit;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /ssf/events}: a transmitter of the Shared Signals Framework pushes one security event token,
 * <a href="https://www.rfc-editor.org/rfc/rfc8935">RFC 8935</a>. It needs no credentials: the transmitter has signed
 * what it sends. It is told that the token has arrived only when what it tells is done.
 */
public final class EventRoutes implements Routes {
    private static final String PATH = "/ssf/events";
    private static final String SET = "application/secevent+jwt";
    private static final RevocationAudit AUDIT = new RevocationAudit(LoggerFactory.getLogger(EventRoutes.class));

    private final NoticeVerifier notices;
    private final NoticedRevocations revocations;
    private final Gate gate;
    private final StrangerBodies bodies;

    public EventRoutes(NoticeVerifier notices, NoticedRevocations revocations, Gate gate, StrangerBodies bodies) {
        this.notices = notices;
        this.revocations = revocations;
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(router, PATH, Map.of(SET, this::read), SET);
    }

    private void read(RoutingContext request) {
        AsyncAnswer.by(
                request,
                bodies.read(request.request()),
                body -> take(request, new String(body.getBytes(), StandardCharsets.UTF_8)));
    }

    private void take(RoutingContext request, String token) {
        Future<EventNotice> verified = notices.event(token);
        Future<Caller> signer = verified.map(notice -> NoticedRevocations.issuer(notice.realm()));
        AsyncAnswer.by(
                request,
                gate.admitToRevoke(request, signer).compose(caller -> carryOut(verified.result(), caller)),
                done -> Answer.empty(request, 202),
                failure -> refuse(request, failure));
    }

    private Future<Void> carryOut(EventNotice notice, Caller caller) {
        return notice.ended()
                .map(ended -> revocations.carryOut(
                        new Notice(notice.realm(), notice.jti(), ended, notice.until()), caller, AUDIT))
                .orElseGet(Future::succeededFuture);
    }

    private static void refuse(RoutingContext request, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() != Problem.Kind.INVALID) {
            ProblemDetails.of(failure).send(request);
            return;
        }
        request.response().putHeader(HttpHeaders.CONTENT_LANGUAGE, "en");
        Answer.json(
                request,
                400,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("err", code(problem.text()))
                        .put("description", problem.text()));
    }

    /** Section 2.4, by what the message is about. */
    private static String code(String message) {
        return switch (message.split(":", 2)[0]) {
            case "iss" -> "invalid_issuer";
            case "aud" -> "invalid_audience";
            case "signature" -> "invalid_key";
            default -> "invalid_request";
        };
    }
}
