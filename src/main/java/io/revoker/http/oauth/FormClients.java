package io.revoker.http.oauth;

import io.revoker.caller.Credentials;
import io.revoker.caller.Proof;
import io.revoker.config.OAuthConfig;
import io.revoker.http.Gate;
import io.revoker.http.request.BodyReader;
import io.revoker.http.request.StrangerBodies;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Where the clients of forms have their credentials: in the header, or, if the settings or the client file allow it, in
 * the form (RFC 6749, section 2.3.1; RFC 7523, section 2.2). Then the body is read before its sender is known. So that
 * strangers can't fill the memory, not many bodies are read like this at a time. Used by one event loop only.
 */
public final class FormClients {
    private final Gate gate;
    private final BodyReader bodies;
    private final OAuthConfig settings;
    private final StrangerBodies strangers;

    public FormClients(Gate gate, BodyReader bodies, OAuthConfig settings) {
        this.gate = gate;
        this.bodies = bodies;
        this.settings = settings;
        this.strangers = new StrangerBodies(bodies);
    }

    Gate gate() {
        return gate;
    }

    boolean areInTheForm(HttpServerRequest request) {
        return (settings.clientSecretPost() || gate.accepts(Proof.KEYS) || gate.accepts(Proof.CERTIFICATE))
                && !request.headers().contains(HttpHeaders.AUTHORIZATION);
    }

    Credentials credentials(HttpServerRequest request, Form form) {
        Credentials assertion = form.assertion();
        if (assertion instanceof Credentials.Assertion) {
            return assertion;
        }
        return form.proofs() == 0
                ? certificate(request, form)
                : settings.clientSecretPost() ? form.secret() : new Credentials.None();
    }

    private Credentials certificate(HttpServerRequest request, Form form) {
        return gate.accepts(Proof.CERTIFICATE)
                ? form.value(Form.CLIENT)
                        .flatMap(id -> shown(request).map(shown -> new Credentials.Certificate(id, shown)))
                        .<Credentials>map(certificate -> certificate)
                        .orElseGet(Credentials.None::new)
                : new Credentials.None();
    }

    /** That of the connection, which the listener has verified. */
    private static Optional<X509Certificate> shown(HttpServerRequest request) {
        try {
            return request.isSSL()
                    ? Optional.of((X509Certificate) request.sslSession().getPeerCertificates()[0])
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    Future<Buffer> read(HttpServerRequest request) {
        return bodies.read(request);
    }

    Future<Buffer> readOfStranger(HttpServerRequest request) {
        return strangers.read(request);
    }
}
