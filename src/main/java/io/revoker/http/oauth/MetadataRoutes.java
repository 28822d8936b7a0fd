package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Callers;
import io.revoker.caller.Proof;
import io.revoker.config.Configuration;
import io.revoker.config.OAuthConfig;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.statuslists.StatusListUris;
import io.revoker.http.Json;
import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.PublicDocument;
import io.revoker.http.Routes;
import io.revoker.http.single.StatusSettings;
import io.revoker.signing.Signer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /.well-known/oauth-authorization-server}: where clients revoke and introspect, and how they authenticate
 * there, <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414</a>. Public.
 */
public final class MetadataRoutes implements Routes {
    static final String PATH = "/.well-known/oauth-authorization-server";

    private final OAuthConfig settings;
    private final Signer signer;
    private final Methods methods;
    private final Optional<StatusListUris> lists;

    /**
     * How clients can prove who they are.
     *
     * @param algorithms of what they sign
     * @param notices says whether issuers may ask for revocations, too
     */
    public record Methods(Callers callers, List<String> algorithms, NoticeVerifier notices) {
        public Methods {
            algorithms = List.copyOf(algorithms);
        }
    }

    public MetadataRoutes(Configuration configuration, Signer signer, Methods methods) {
        this.settings = configuration.oauth();
        this.lists = StatusSettings.of(configuration).uris();
        this.signer = signer;
        this.methods = methods;
    }

    /** The path of an issuer comes behind that of the document (section 3.1); a proxy may have removed it. */
    @Override
    public void mount(Router router) {
        ReadOnly.mount(router, PATH, this::answer);
        String path = settings.issuer().map(MetadataRoutes::path).orElse("");
        if (!path.isEmpty()) {
            ReadOnly.mount(router, PATH + path, this::answer);
        }
    }

    /** Made each time, because keys and clients may change. */
    private void answer(RoutingContext request) {
        settings.issuer()
                .map(issuer -> new PublicDocument("application/json", Json.write(describe(issuer))))
                .ifPresentOrElse(document -> document.send(request), () -> none(request));
    }

    private static String path(String issuer) {
        return withoutSlash(URI.create(issuer).getRawPath());
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static void none(RoutingContext request) {
        new ProblemDetails(404, "oauth.issuer: not set (expected: the URL of this service)").send(request);
    }

    /** Empty lists are left out (section 3.2), but for the one that a document must have (section 2). */
    private ObjectNode describe(String issuer) {
        String base = withoutSlash(issuer);
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("issuer", issuer);
        metadata.putArray("response_types_supported");
        if (signer.algorithm().isPresent()) {
            metadata.put("jwks_uri", base + KeyRoutes.PATH);
        }
        metadata.put("revocation_endpoint", base + TokenRevocationRoutes.PATH);
        putMethods("revocation", metadata);
        metadata.put("introspection_endpoint", base + IntrospectionRoutes.PATH);
        putMethods("introspection", metadata);
        signer.algorithm()
                .ifPresent(algorithm -> metadata.putArray("introspection_signing_alg_values_supported")
                        .add(algorithm));
        metadata.put("global_token_revocation_endpoint", base + GlobalRevocationRoutes.PATH);
        ArrayNode globally = metadata.putArray("global_token_revocation_endpoint_auth_methods_supported")
                .add("client_secret_basic");
        if (methods.notices().acceptsRequests()) {
            // There is no registered name for it; Auth0 has this one.
            globally.add("global-token-revocation+jwt");
        }
        lists.ifPresent(uris -> metadata.put("status_list_aggregation_endpoint", uris.all()));
        return metadata;
    }

    private void putMethods(String endpoint, ObjectNode metadata) {
        ArrayNode listed = metadata.putArray(endpoint + "_endpoint_auth_methods_supported");
        listed.add("client_secret_basic");
        if (settings.clientSecretPost()) {
            listed.add("client_secret_post");
        }
        if (methods.callers().accept(Proof.KEYS)) {
            listed.add("private_key_jwt");
            ArrayNode signed = metadata.putArray(endpoint + "_endpoint_auth_signing_alg_values_supported");
            methods.algorithms().forEach(signed::add);
        }
        if (methods.callers().accept(Proof.CERTIFICATE)) {
            listed.add("tls_client_auth");
        }
    }
}
