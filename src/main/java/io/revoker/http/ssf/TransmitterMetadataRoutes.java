package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.http.Json;
import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.revoker.http.PublicDocument;
import io.revoker.http.Routes;
import io.revoker.http.ssf.TransmitterSettings.Method;
import io.vertx.ext.web.Router;
import java.net.URI;

/**
 * {@code GET /.well-known/ssf-configuration}: where receivers manage their streams (Shared Signals Framework 1.0,
 * section 7). Public.
 */
public final class TransmitterMetadataRoutes implements Routes {
    private static final String PATH = "/.well-known/ssf-configuration";

    private final TransmitterSettings settings;

    public TransmitterMetadataRoutes(TransmitterSettings settings) {
        this.settings = settings;
    }

    /** The path of an issuer comes behind that of the document (section 7.2); a proxy may have removed it. */
    @Override
    public void mount(Router router) {
        PublicDocument document = new PublicDocument("application/json", Json.write(describe()));
        ReadOnly.mount(router, PATH, document::send);
        String path = URI.create(settings.url("")).getRawPath();
        if (!path.isEmpty()) {
            ReadOnly.mount(router, PATH + path, document::send);
        }
    }

    private ObjectNode describe() {
        ObjectNode metadata = JsonNodeFactory.instance
                .objectNode()
                .put("spec_version", "1_0")
                .put("issuer", settings.issuer())
                .put("jwks_uri", settings.url("/.well-known/jwks.json"));
        metadata.putArray("delivery_methods_supported").add(Method.PUSH.urn()).add(Method.POLL.urn());
        metadata.put("configuration_endpoint", settings.url(TransmitterSettings.STREAM))
                .put("status_endpoint", settings.url(TransmitterSettings.STATUS))
                .put("verification_endpoint", settings.url(TransmitterSettings.VERIFY));
        metadata.putArray("authorization_schemes").addObject().put("spec_urn", "urn:ietf:rfc:7617");
        return metadata.put("default_subjects", "ALL");
    }
}
