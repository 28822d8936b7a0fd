package io.revoker.domain;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What Revoker knows of the signature of a token: the first 64 bits of a SHA-256. Nobody has verified it; but a JWT is active only with the signature that
 * it was registered with, while any form of it revokes it.
 *
 * <p>The hash is taken of the decoded signature: padding, spare bits and the other alphabet of base64 make no difference. Another signature of the same
 * part, such as the second one that ECDSA allows, is another token, which nobody has registered.
 *
 * @param digest 0 unless the form is {@link Form#PRESENT}
 */
public record Signature(Form form, long digest) {
    /** Of an opaque token, and of what is left of a JWT without its last dot. */
    public static final Signature ABSENT = new Signature(Form.ABSENT, 0);

    /** Of a token that was registered before signatures were kept. */
    public static final Signature UNRECORDED = new Signature(Form.UNRECORDED, 0);

    /** Whether there is one. */
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

    /** Whether a token that was registered with this signature is the one that is shown with the other. */
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
