package io.revoker.http.oauth;

import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.PublicDocument;
import io.revoker.http.Routes;
import io.revoker.signing.Signer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET /.well-known/jwks.json}: the public parts of the keys of this service,
 * <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</a>. Public.
 */
public final class KeyRoutes implements Routes {
    static final String PATH = "/.well-known/jwks.json";
    private static final String TYPE = "application/jwk-set+json";

    private final Signer signer;

    public KeyRoutes(Signer signer) {
        this.signer = signer;
    }

    @Override
    public void mount(Router router) {
        ReadOnly.mount(
                router,
                PATH,
                request -> signer.published()
                        .ifPresentOrElse(
                                keys -> new PublicDocument(TYPE, keys.getBytes(StandardCharsets.UTF_8)).send(request),
                                () -> none(request)));
    }

    private static void none(RoutingContext request) {
        new ProblemDetails(404, "signing.file: not set (expected: the keys of this service)").send(request);
    }
}
