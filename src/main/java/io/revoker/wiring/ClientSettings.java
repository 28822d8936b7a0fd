package io.revoker.wiring;

import io.revoker.caller.AssertionVerifier;
import io.revoker.caller.CallerSettings;
import io.revoker.caller.Callers;
import io.revoker.caller.Proof;
import io.revoker.config.Configuration;
import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.config.OAuthConfig;
import io.revoker.jwt.ClientKeys;
import io.revoker.wiring.StartProblems.NotStarted;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The clients as their file has them: who they are, and the keys of those that sign.
 *
 * @param callers decide who calls
 */
record ClientSettings(Callers callers, ClientKeys keys) {

    /** Everybody without a file. Blocks; throws what {@link #keys} does. */
    static ClientSettings read(
            Configuration configuration, Vertx vertx, CallerSettings bounds, AssertionVerifier assertions) {
        Callers callers = configuration
                .clients()
                .file()
                .map(path -> Callers.load(path, vertx, bounds, assertions))
                .orElseGet(Callers::anonymous);
        requireListener(configuration, callers.accept(Proof.CERTIFICATE) ? Set.of(Proof.CERTIFICATE) : Set.of());
        return new ClientSettings(callers, keys(configuration));
    }

    /** Clients with certificates need a listener that asks for them. */
    static void requireListener(Configuration configuration, Set<Proof> proofs) {
        ServerTlsConfig tls = configuration.http().tls();
        if (proofs.contains(Proof.CERTIFICATE)
                && (!tls.enabled() || tls.clientAuthorities().isEmpty())) {
            throw new NotStarted(
                    List.of("clients.file: " + configuration.clients().file().orElseThrow()
                            + ": certificate (expected: with http.tls.client-authorities, and TLS enabled)"));
        }
    }

    /** Blocks; throws {@link io.revoker.caller.DocumentException} or {@link NotStarted} with the problems. */
    static ClientKeys keys(Configuration configuration) {
        Optional<Path> file = configuration.clients().file();
        if (file.isEmpty()) {
            return ClientKeys.NONE;
        }
        ClientKeys keys = ClientKeys.read(file.get(), pem -> PemFile.CERTIFICATES.problem(pem));
        if (!keys.places().isEmpty() && configuration.oauth().issuer().isEmpty()) {
            throw new NotStarted(List.of("clients.file: " + file.get()
                    + ": jwks (expected: with oauth.issuer, which is what clients sign for)"));
        }
        return keys;
    }

    /** For whom what clients sign may be meant. */
    static Set<String> audience(OAuthConfig oauth) {
        return oauth.issuer().map(ClientSettings::audience).orElse(Set.of());
    }

    private static Set<String> audience(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return Set.of(issuer, base + "/oauth2/introspect", base + "/oauth2/revoke");
    }
}
