package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.OAuthConfig;
import io.revoker.domain.Target.Extent;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.Routes;
import io.revoker.http.oauth.FormEndpoint.TokenForm;
import io.revoker.http.oauth.OAuthError.OAuthAccessDenied;
import io.revoker.http.single.RevocationLogLine;
import io.revoker.http.single.SilentRevocations;
import io.revoker.http.single.TokenRevocations;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /oauth2/revoke}: token revocation, <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>. The
 * answer is the same whether there was something to revoke or not, also for a token of a realm that the client may not
 * act in.
 */
public final class TokenRevocationRoutes implements Routes {
    static final String PATH = "/oauth2/revoke";

    private final FormEndpoint endpoint;
    private final SilentRevocations revocations;

    public TokenRevocationRoutes(TokenRevocations tokens, FormClients clients, OAuthConfig settings) {
        this.endpoint = new FormEndpoint(
                PATH,
                new Gate.Door(Privilege.INVALIDATE, new OAuthAccessDenied("unauthorized_client", Privilege.INVALIDATE)),
                clients);
        this.revocations = new SilentRevocations(
                tokens,
                new RevocationLogLine(LoggerFactory.getLogger(TokenRevocationRoutes.class)),
                settings.revokePair() ? Extent.GRANT : Extent.TOKEN);
    }

    @Override
    public void mount(Router router) {
        endpoint.mount(router, this::revoke);
    }

    private void revoke(RoutingContext request, TokenForm form, Caller caller) {
        AsyncAnswer.by(
                request,
                revocations.revoke(form.token(), form.hint(), caller),
                done -> answer(request),
                failure -> OAuthError.of(failure).send(request));
    }

    private static void answer(RoutingContext request) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(request, 200, JsonNodeFactory.instance.objectNode());
    }
}
