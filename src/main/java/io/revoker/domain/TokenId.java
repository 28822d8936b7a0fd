package io.revoker.domain;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * How Revoker identifies a token: the first 128 bits of a SHA-256, so that no token can be recovered from anything
 * that is stored.
 *
 * <p>The hash is taken of the whole string of an opaque token, and of {@code header.payload} of a JWT: a signature can
 * be re-encoded into a different string that still verifies, the part it signs cannot (RFC 7515, section 5.1). So a
 * token without its signature has the same id; {@link Signature} says whether it is the very token that was
 * registered.
 *
 * <p>Not a record of its text: every check creates one, compares it and reads its first bits, but hardly ever needs
 * the text.
 */
public final class TokenId {
    private static final int BYTES = 16;
    private static final int LENGTH = 22;

    private final long first;
    private final long last;

    private TokenId(ByteBuffer bytes) {
        this.first = bytes.getLong();
        this.last = bytes.getLong();
    }

    /** @param value 22 characters of base64url without padding */
    public TokenId(String value) {
        this(ByteBuffer.wrap(decode(value)));
        if (!value().equals(value)) {
            throw Problem.invalid("token id: its last character encodes more than 128 bits (expected: one of AQgw)");
        }
    }

    public static TokenId of(String token) {
        return new TokenId(Sha256.of(identifyingPart(token)));
    }

    /**
     * The id of a JWT by the id that its issuer gave it (RFC 7519, section 4.1.7). A claim of the same
     * text in another realm is another id.
     */
    public static TokenId ofJti(RealmId realm, String jti) {
        return new TokenId(Sha256.of("\0jti\0" + realm.key() + '\0' + jti));
    }

    /**
     * What stands for the JWT of that id in a realm, so that callers of other realms, who name any id, mean another.
     */
    public TokenId inRealm(RealmId realm) {
        return new TokenId(Sha256.of("\0jwt\0" + realm.key() + '\0' + value()));
    }

    /** 22 characters of base64url without padding. */
    public String value() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** The 16 bytes behind the text. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(first).putLong(last).array();
    }

    /** The first 8 of its bytes, big-endian. */
    public long firstBits() {
        return first;
    }

    /** The other 8 of its bytes, big-endian. */
    public long lastBits() {
        return last;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenId id && id.first == first && id.last == last;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public String toString() {
        return value();
    }

    private static byte[] decode(String value) {
        if (value.length() != LENGTH) {
            throw Problem.invalid("token id: " + value.length() + " characters (expected: " + LENGTH + ")");
        }
        try {
            return Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("token id: not base64url");
        }
    }

    private static String identifyingPart(String token) {
        int signed = Jws.signedLength(token);
        return signed < 0 ? token : token.substring(0, signed);
    }
}
