package io.revoker.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.Ed25519Key;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * One key. Serves all threads.
 *
 * @param published its public part, and nothing else
 * @param signature absent if the key is only published
 */
record SigningKey(String id, JWSAlgorithm algorithm, JWK published, Optional<Signature> signature) {
    private static final String EXPECTED =
            " (expected: RSA of 2048 to 4096 bits for RS256 or PS256, P-256 for ES256, Ed25519 for EdDSA)";
    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 4096;

    /** Signs bytes. */
    @FunctionalInterface
    interface Signature {
        Base64URL of(JWSHeader header, byte[] signed) throws JOSEException, GeneralSecurityException;
    }

    /** Fails with a {@link Problem} if it is not for signatures, or its parts do not belong together. */
    static SigningKey of(JWK jwk) {
        if (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) {
            throw Problem.invalid("a key with another use (expected: sig)");
        }
        JWSAlgorithm algorithm = algorithm(jwk).orElseThrow(() -> Problem.invalid("a key of another kind" + EXPECTED));
        if (jwk.getAlgorithm() != null && !jwk.getAlgorithm().equals(algorithm)) {
            throw Problem.invalid("a key with another alg" + EXPECTED);
        }
        try {
            String id = jwk.getKeyID() == null ? jwk.computeThumbprint().toString() : jwk.getKeyID();
            SigningKey key = new SigningKey(id, algorithm, published(jwk, id, algorithm), signature(jwk));
            key.requirePair();
            return key;
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw Problem.invalid("a key that can't be used" + EXPECTED);
        }
    }

    private static Optional<JWSAlgorithm> algorithm(JWK jwk) {
        if (jwk instanceof RSAKey rsa && rsa.size() >= LEAST_BITS && rsa.size() <= MOST_BITS) {
            return Optional.of(JWSAlgorithm.PS256.equals(rsa.getAlgorithm()) ? JWSAlgorithm.PS256 : JWSAlgorithm.RS256);
        }
        if (jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
            return Optional.of(JWSAlgorithm.ES256);
        }
        return jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())
                ? Optional.of(JWSAlgorithm.EdDSA)
                : Optional.empty();
    }

    /** Built anew from what everybody may know, so that no other member of the file gets out. */
    private static JWK published(JWK jwk, String id, JWSAlgorithm algorithm) throws JOSEException {
        if (jwk instanceof RSAKey rsa) {
            return new RSAKey.Builder(rsa.toRSAPublicKey())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(algorithm)
                    .keyID(id)
                    .build();
        }
        if (jwk instanceof ECKey ec) {
            return new ECKey.Builder(ec.getCurve(), ec.getX(), ec.getY())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(algorithm)
                    .keyID(id)
                    .build();
        }
        return new OctetKeyPair.Builder(Curve.Ed25519, ((OctetKeyPair) jwk).getX())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(algorithm)
                .keyID(id)
                .build();
    }

    private static Optional<Signature> signature(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (!jwk.isPrivate()) {
            return Optional.empty();
        }
        if (jwk instanceof RSAKey rsa) {
            return Optional.of(new RSASSASigner(rsa.toRSAPrivateKey())::sign);
        }
        return jwk instanceof ECKey ec
                ? Optional.of(new ECDSASigner(ec)::sign)
                : Optional.of(ed25519(((OctetKeyPair) jwk).getDecodedD()));
    }

    private static Signature ed25519(byte[] secret) {
        return (header, signed) -> Base64URL.encode(Ed25519.sign(secret, signed));
    }

    /** Otherwise verifiers would reject everything that it signs, without a hint why. */
    private void requirePair() throws JOSEException, GeneralSecurityException {
        JWSHeader header = new JWSHeader(algorithm);
        byte[] probe = id.getBytes(StandardCharsets.UTF_8);
        if (canSign() && !verifies(header, probe, signature.orElseThrow().of(header, probe))) {
            throw Problem.invalid("a private key that does not belong to its public key (expected: a pair)");
        }
    }

    private boolean verifies(JWSHeader header, byte[] signed, Base64URL made)
            throws JOSEException, GeneralSecurityException {
        if (published instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa.toRSAPublicKey()).verify(header, signed, made);
        }
        return published instanceof ECKey ec
                ? new ECDSAVerifier(ec.toECPublicKey()).verify(header, signed, made)
                : Ed25519Key.verify(((OctetKeyPair) published).getDecodedX(), signed, made.decode());
    }

    boolean canSign() {
        return signature.isPresent();
    }

    /** A JWS in the compact form. */
    String sign(String type, byte[] claims) throws JOSEException, GeneralSecurityException {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType(type))
                .keyID(id)
                .build();
        String signed = header.toBase64URL() + "." + Base64URL.encode(claims);
        return signed + "." + signature.orElseThrow().of(header, signed.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return algorithm + " " + id;
    }
}
