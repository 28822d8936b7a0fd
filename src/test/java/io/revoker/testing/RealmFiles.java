package io.revoker.testing;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Realm files for tests: with them a service verifies what issuers sign as any service does. */
public final class RealmFiles {
    private RealmFiles() {}

    /** The option that names a file of the realms of these issuers, whose keys are in files, too. */
    public static String option(TrustedIssuer... issuers) {
        Path directory = RedisServers.directory();
        return option(Stream.of(issuers)
                .map(issuer -> entry(issuer, write(directory.resolve(issuer.realm() + ".json"), jwks(issuer)), ""))
                .collect(Collectors.joining()));
    }

    /** The same for one issuer, whose keys are at a URL. */
    public static String option(TrustedIssuer issuer, String url) {
        return option(entry(issuer, url, ", allow-private-addresses: true"));
    }

    /** The public key of an issuer, as a JWK set. */
    public static String jwks(TrustedIssuer issuer) {
        return new JWKSet(new ECKey.Builder(Curve.P_256, issuer.publicKey()).build()).toString();
    }

    private static String option(String entries) {
        return "--realms.file=" + write(RedisServers.directory().resolve("realms.yaml"), "realms:\n" + entries);
    }

    private static String entry(TrustedIssuer issuer, String keys, String more) {
        String registered = switch (issuer.demand()) {
            case REGISTERED -> "required";
            case EITHER -> "optional";
            case UNREGISTERED -> "none";
        };
        return "  %s: {issuer: '%s', jwks: '%s', registered: %s%s}%n"
                .formatted(issuer.realm(), issuer.realm(), keys, registered, more);
    }

    private static String write(Path file, String text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
