package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Caller;
import io.revoker.config.OAuthConfig;
import io.revoker.http.Json;
import io.revoker.signing.Signer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * Answers of introspection as signed JWTs, <a href="https://www.rfc-editor.org/rfc/rfc9701">RFC 9701</a>, for clients
 * that ask for them. They name the client that asked, so there are none for callers that are not known.
 */
public final class SignedIntrospection {
    private static final String JWT = "token-introspection+jwt";
    static final String TYPE = "application/" + JWT;

    private final Signer signer;
    private final OAuthConfig settings;
    private final InstantSource time;

    /** What a client gets. */
    enum Form {
        JSON,
        JWT,
        /** It wants a JWT and nothing else, and there is none. */
        NONE
    }

    /** @param time of {@code iat} */
    public SignedIntrospection(Signer signer, OAuthConfig settings, InstantSource time) {
        this.signer = signer;
        this.settings = settings;
        this.time = time;
    }

    /** Of its answers. */
    InstantSource time() {
        return time;
    }

    /** By its {@code Accept} (section 4); JSON if that does not name a JWT, as it has always been. */
    Form form(RoutingContext request, Caller caller) {
        String accept = String.join(",", request.request().headers().getAll(HttpHeaders.ACCEPT));
        if (!accept.toLowerCase(Locale.ROOT).contains(JWT)) {
            return Form.JSON;
        }
        boolean possible = !caller.equals(Caller.ANONYMOUS)
                && signer.algorithm().isPresent()
                && settings.issuer().isPresent();
        return wanted(request).stream()
                .filter(form -> possible || form == Form.JSON)
                .findFirst()
                .orElse(Form.NONE);
    }

    /** The most wanted first. */
    private static List<Form> wanted(RoutingContext request) {
        return request.parsedHeaders().accept().stream()
                .filter(type -> type.weight() > 0)
                .map(SignedIntrospection::form)
                .toList();
    }

    private static Form form(MIMEHeader type) {
        return type.component().equalsIgnoreCase("application")
                        && type.subComponent().equalsIgnoreCase(JWT)
                ? Form.JWT
                : Form.JSON;
    }

    /**
     * The JWT (section 5). Without {@code sub} and {@code exp} of its own, so that it is not taken for an access token.
     */
    Future<String> sign(ObjectNode answer, Caller caller) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", settings.issuer().orElseThrow())
                .put("aud", caller.id())
                .put("iat", time.instant().getEpochSecond());
        claims.set("token_introspection", answer);
        return signer.sign(JWT, Json.write(claims));
    }
}
