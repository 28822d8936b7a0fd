package io.revoker.http.oauth;

import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.LogoutNotice;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.Routes;
import io.revoker.http.request.StrangerBodies;
import io.revoker.http.single.NoticedRevocations;
import io.revoker.http.single.NoticedRevocations.Notice;
import io.revoker.http.single.RevocationLogLine;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /oidc/backchannel-logout}: a provider tells that a user has been logged out,
 * <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html">OpenID Connect Back-Channel Logout 1.0</a>. It
 * needs no credentials: the provider has signed what it sends.
 */
public final class BackChannelLogoutRoutes implements Routes {
    static final String PATH = "/oidc/backchannel-logout";
    private static final RevocationLogLine LOG_LINE =
            new RevocationLogLine(LoggerFactory.getLogger(BackChannelLogoutRoutes.class));

    private final NoticeVerifier notices;
    private final NoticedRevocations revocations;
    private final Gate gate;
    private final StrangerBodies bodies;

    /** @param bodies no others: strangers must not take the places of clients */
    public BackChannelLogoutRoutes(
            NoticeVerifier notices, NoticedRevocations revocations, Gate gate, StrangerBodies bodies) {
        this.notices = notices;
        this.revocations = revocations;
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void mount(Router router) {
        router.post(PATH).handler(this::read).failureHandler(FormEndpoint::refuse);
        router.route(PATH).handler(FormEndpoint::refuseMethod);
    }

    private void read(RoutingContext request) {
        AsyncAnswer.by(
                request,
                bodies.read(request.request()),
                body -> FormEndpoint.read(request, body)
                        .flatMap(form -> FormEndpoint.read(request, () -> form.required("logout_token")))
                        .ifPresent(token -> logOut(request, token)));
    }

    private void logOut(RoutingContext request, String token) {
        Future<LogoutNotice> verified = notices.logout(token);
        Future<Caller> signer = verified.map(notice -> NoticedRevocations.issuer(notice.realm()));
        AsyncAnswer.by(
                request,
                gate.admitToRevoke(request, signer)
                        .compose(caller -> revocations.carryOut(notice(verified.result()), caller, LOG_LINE)),
                done -> answer(request),
                failure -> refuse(request, failure));
    }

    private static Notice notice(LogoutNotice logout) {
        return new Notice(
                logout.realm(),
                logout.jti(),
                List.of(logout.ended()),
                logout.expiresAt().plus(JwtVerifier.GREATEST_CLOCK_SKEW));
    }

    private static void answer(RoutingContext request) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.empty(request, 200);
    }

    private static void refuse(RoutingContext request, Throwable failure) {
        boolean unfit = failure instanceof Problem problem && problem.kind() == Problem.Kind.INVALID;
        OAuthError error = OAuthError.of(failure);
        (unfit ? OAuthError.invalidRequest("logout_token: " + error.description()) : error).send(request);
    }
}
