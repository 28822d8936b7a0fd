package io.revoker.jwt.compact;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Jws;
import io.revoker.jwt.keys.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A token in the compact form of RFC 7515, section 7.1, not verified. Only what {@link Jws} takes for a JWT is one
 * here: the id of a token is that of its signed part only then.
 */
public record CompactJws(String token, JsonNode claims) implements SignedText {
    private static final char DOT = '.';

    /** Before it is decoded. */
    public String headerText() {
        return token.substring(0, token.indexOf(DOT));
    }

    /** Empty if it can't be read. */
    public Optional<JsonNode> header() {
        return decoded(headerText()).flatMap(StrictJson::object);
    }

    /** What is signed (RFC 7515, section 5.2, step 8). */
    @Override
    public byte[] signed() {
        return token.substring(0, token.lastIndexOf(DOT)).getBytes(StandardCharsets.US_ASCII);
    }

    /** Empty if it is empty or not base64url. Spare bits and padding are accepted: they are not in what is signed. */
    @Override
    public Optional<byte[]> signature() {
        return decoded(token.substring(token.lastIndexOf(DOT) + 1)).filter(bytes -> bytes.length > 0);
    }

    private static Optional<byte[]> decoded(String part) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
