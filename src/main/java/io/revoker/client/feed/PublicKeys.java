package io.revoker.client.feed;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** Reads the public keys of a JWK set (RFC 7517, 7518 section 6, 8037) that a service signs with. */
final class PublicKeys {
    private PublicKeys() {}

    /**
     * One key.
     *
     * @throws IOException if it is of another kind, or can't be read
     */
    static PublicKey read(JsonFields jwk) throws IOException {
        String kind = jwk.requiredText("kty");
        try {
            return switch (kind) {
                case "RSA" ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
                case "EC" -> ofCurve(jwk);
                case "OKP" -> ofEdwards(jwk);
                default -> throw unknown();
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("key: unreadable (expected: a JWK)", e);
        }
    }

    private static PublicKey ofCurve(JsonFields jwk) throws IOException, GeneralSecurityException {
        if (!jwk.requiredText("crv").equals("P-256")) {
            throw unknown();
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(number(jwk, "x"), number(jwk, "y")),
                        curve.getParameterSpec(ECParameterSpec.class)));
    }

    /** The coordinate comes with its lowest byte first, and the sign of the other one in its highest bit (RFC 8032). */
    private static PublicKey ofEdwards(JsonFields jwk) throws IOException, GeneralSecurityException {
        if (!jwk.requiredText("crv").equals("Ed25519")) {
            throw unknown();
        }
        byte[] given = bytes(jwk, "x");
        byte[] reversed = new byte[given.length];
        for (int i = 0; i < given.length; i++) {
            reversed[i] = given[given.length - 1 - i];
        }
        boolean isOdd = reversed.length > 0 && (reversed[0] & 0x80) != 0;
        BigInteger y = new BigInteger(1, reversed).clearBit(255);
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(isOdd, y)));
    }

    private static BigInteger number(JsonFields jwk, String name) throws IOException {
        return new BigInteger(1, bytes(jwk, name));
    }

    private static byte[] bytes(JsonFields jwk, String name) throws IOException {
        return Base64.getUrlDecoder().decode(jwk.requiredText(name));
    }

    private static IOException unknown() {
        return new IOException("key: of another kind (expected: RSA, P-256 or Ed25519)");
    }
}
