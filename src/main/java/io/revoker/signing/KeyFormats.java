package io.revoker.signing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.revoker.domain.Problem;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The forms of a file of keys: blocks of PEM, a JWK (RFC 7517, section 4), or a JWK set. */
final class KeyFormats {
    private static final String EXPECTED = " (expected: keys as PEM, PKCS #8, or as JWKs)";

    private KeyFormats() {}

    /** The keys in the order of the file. Fails with a {@link Problem} that quotes nothing of it. */
    static List<JWK> read(String text) {
        return text.contains("-----BEGIN ") ? PemKeys.read(text) : jwks(text);
    }

    private static List<JWK> jwks(String text) {
        try {
            Map<String, Object> object = JSONObjectUtils.parse(text);
            if (!object.containsKey("keys")) {
                return List.of(JWK.parse(object));
            }
            List<JWK> keys = new ArrayList<>();
            for (Map<String, Object> key : JSONObjectUtils.getJSONObjectArray(object, "keys")) {
                keys.add(JWK.parse(key));
            }
            return keys;
        } catch (ParseException | IllegalArgumentException | NullPointerException malformed) {
            throw Problem.invalid("malformed" + EXPECTED);
        }
    }
}
