package io.revoker.signing;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.revoker.domain.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys as PEM (RFC 7468), PKCS #8 (RFC 5958), which is what openssl writes. */
final class PemKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*+)-----END ([A-Z0-9 ]{1,40})-----");

    private static final String KIND = "PRIVATE KEY";

    /** The public part of P-256 at the end of the private one (RFC 5915, section 3; SEC 1, section 2.3.3). */
    private static final String PUBLIC_PART = "a14403420004";

    private static final int COORDINATE = 32;

    private PemKeys() {}

    static List<JWK> read(String text) {
        List<JWK> keys = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (!block.group(1).equals(KIND)) {
                throw Problem.invalid("a PEM block of another kind (expected: " + KIND + ", which is PKCS #8)");
            }
            keys.add(key(block.group(2)));
        }
        return keys;
    }

    private static JWK key(String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return rsa(encoded)
                    .or(() -> ec(encoded))
                    .or(() -> ed25519(encoded))
                    .orElseThrow(() -> Problem.invalid("a PEM block that can't be read (expected: a key of RSA, P-256"
                            + " with its public part, or Ed25519, as openssl genpkey writes it)"));
        } catch (IllegalArgumentException notBase64) {
            throw Problem.invalid("a PEM block that is not base64 (expected: PKCS #8)");
        }
    }

    private static Optional<JWK> rsa(byte[] encoded) {
        return made("RSA", encoded, key -> {
            RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key;
            return new RSAKey.Builder((java.security.interfaces.RSAPublicKey) KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())))
                    .privateKey(rsa)
                    .build();
        });
    }

    private static Optional<JWK> ec(byte[] encoded) {
        int begin = encoded.length - 2 * COORDINATE;
        byte[] mark = HexFormat.of().parseHex(PUBLIC_PART);
        if (begin < mark.length || !Arrays.equals(Arrays.copyOfRange(encoded, begin - mark.length, begin), mark)) {
            return Optional.empty();
        }
        return made(
                "EC",
                encoded,
                key -> new ECKey.Builder(
                                Curve.forECParameterSpec(((ECPrivateKey) key).getParams()),
                                Base64URL.encode(Arrays.copyOfRange(encoded, begin, begin + COORDINATE)),
                                Base64URL.encode(Arrays.copyOfRange(encoded, begin + COORDINATE, encoded.length)))
                        .privateKey((ECPrivateKey) key)
                        .build());
    }

    private static Optional<JWK> ed25519(byte[] encoded) {
        return made("Ed25519", encoded, key -> {
            byte[] secret = ((EdECPrivateKey) key).getBytes().orElseThrow();
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Ed25519.publicPart(secret)))
                    .d(Base64URL.encode(secret))
                    .build();
        });
    }

    @FunctionalInterface
    private interface Maker {
        JWK of(PrivateKey key) throws GeneralSecurityException;
    }

    /** Empty if it is a key of another algorithm. */
    private static Optional<JWK> made(String algorithm, byte[] encoded, Maker maker) {
        try {
            return Optional.of(
                    maker.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded))));
        } catch (GeneralSecurityException | IllegalStateException | ClassCastException another) {
            return Optional.empty();
        }
    }
}
