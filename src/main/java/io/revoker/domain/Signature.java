package io.revoker.domain;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What Revoker knows of the signature of a token: the first 64 bits of a SHA-256. Revoker does not verify signatures;
 * but a JWT is active only with the signature that it was registered with, while any form of it revokes it.
 *
 * <p>The hash is taken of the decoded signature: padding, spare bits and the other alphabet of base64 make no
 * difference. A different signature of the same part, such as the second one that ECDSA allows, makes a different
 * token, which was never registered.
 *
 * @param digest 0 unless the form is {@link Form#PRESENT}
 */
public record Signature(Form form, long digest) {
    /** For an opaque token, and for what is left of a JWT without its last dot. */
    public static final Signature ABSENT = new Signature(Form.ABSENT, 0);

    /** For a token that was registered by a version that did not store signatures. */
    public static final Signature UNRECORDED = new Signature(Form.UNRECORDED, 0);

    /** Whether there is a signature. */
    public enum Form {
        UNRECORDED,
        ABSENT,
        PRESENT
    }

    public static Signature of(String token) {
        int signed = Jws.signedLength(token);
        return signed < 0
                ? ABSENT
                : new Signature(
                        Form.PRESENT,
                        Sha256.of(decoded(token.substring(signed + 1))).getLong());
    }

    /** Whether a token that was registered with this signature matches one that is presented with the other. */
    public boolean admits(Signature shown) {
        return form == Form.UNRECORDED || equals(shown);
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getUrlDecoder().decode(signature.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException e) {
            return signature.getBytes(StandardCharsets.UTF_8);
        }
    }
}
