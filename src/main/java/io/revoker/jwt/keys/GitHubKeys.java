package io.revoker.jwt.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.revoker.domain.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads the keys of GitHub: a JSON object with {@code public_keys}, each of which has a {@code key_identifier} and, in
 * PEM, a {@code key}. Those of another curve than P-256 are ignored.
 */
final class GitHubKeys {
    private static final int MOST = 64;

    private GitHubKeys() {}

    /** Fails with a {@link Problem} if there are none, or too many. */
    static KeySet read(byte[] json) {
        JsonNode listed = StrictJson.object(json)
                .map(document -> document.path("public_keys"))
                .filter(keys -> keys.isArray() && keys.size() <= MOST)
                .orElseThrow(
                        () -> Problem.unavailable("not GitHub's keys (expected: public_keys, at most " + MOST + ")"));
        List<String> keys = new ArrayList<>();
        listed.forEach(key -> jwk(key).ifPresent(jwk -> keys.add(jwk.toJSONString())));
        return KeySet.read(("{\"keys\":[" + String.join(",", keys) + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<ECKey> jwk(JsonNode key) {
        return decoded(key.path("key").asText())
                .filter(made -> Curve.P_256.equals(Curve.forECParameterSpec(made.getParams())))
                .map(made -> new ECKey.Builder(Curve.P_256, made)
                        .keyID(key.path("key_identifier").asText())
                        .algorithm(JWSAlgorithm.ES256)
                        .build());
    }

    private static Optional<ECPublicKey> decoded(String pem) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            PublicKey made = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
            return Optional.of(made).filter(ECPublicKey.class::isInstance).map(ECPublicKey.class::cast);
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
