package io.revoker.jwt.keys;

import com.amazon.corretto.crypto.provider.RuntimeCryptoException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.impl.RSASSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A public key of an issuer, a client or a reporter that may verify signatures. Serves all threads.
 *
 * @param id as {@code kid} has it; empty if it has none
 * @param algorithms those that it may be used with
 */
public record Key(Optional<String> id, Set<Algorithm> algorithms, Pace pace, Check check) {
    private static final int LEAST_BITS = 2048;
    /** A longer one would hold up an event loop with each token. */
    private static final int MOST_BITS = 4096;

    /** That of all usual keys is 65537. A long one would take as long as a signature. */
    private static final int MOST_BITS_OF_EXPONENT = 32;

    private static final Set<Algorithm> RSA = EnumSet.of(
            Algorithm.RS256, Algorithm.RS384, Algorithm.RS512, Algorithm.PS256, Algorithm.PS384, Algorithm.PS512);

    /** The exponent of all usual keys, 65537, has as many. */
    private static final int QUICK_BITS_OF_EXPONENT = 17;

    /** Verifies a signature with one key; false for one that is not even well-formed. */
    @FunctionalInterface
    public interface Check {
        boolean verify(Algorithm algorithm, byte[] signed, byte[] signature)
                throws GeneralSecurityException, JOSEException;
    }

    public Key {
        algorithms = Set.copyOf(algorithms);
    }

    /** Empty if it is for something else, too weak, or of a kind that is not supported. */
    static Optional<Key> of(JWK jwk, Providers providers) {
        try {
            return isForSignatures(jwk) ? made(jwk, providers).flatMap(key -> key.limitedTo(jwk)) : Optional.empty();
        } catch (JOSEException | GeneralSecurityException unusable) {
            return Optional.empty();
        }
    }

    /** Whether it has made the signature; false, too, for an algorithm that the key is not for. */
    public boolean verifies(Algorithm algorithm, byte[] signed, byte[] signature) {
        try {
            return algorithms.contains(algorithm) && check.verify(algorithm, signed, signature);
        } catch (JOSEException | GeneralSecurityException | RuntimeCryptoException malformed) {
            return false;
        }
    }

    /** RFC 7517, sections 4.2 and 4.3. */
    private static boolean isForSignatures(JWK jwk) {
        boolean use = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean operations =
                jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY);
        return use && operations;
    }

    private static Optional<Key> made(JWK jwk, Providers providers) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof RSAKey rsa) {
            RSAPublicKey key = rsa.toRSAPublicKey();
            return isStrong(key)
                    ? Optional.of(of(jwk, RSA, isShort(key) ? providers.pace() : Pace.SLOW, rsa(key, providers.rsa())))
                    : Optional.empty();
        }
        if (jwk instanceof ECKey ec) {
            Optional<Algorithm> algorithm = of(ec.getCurve());
            return algorithm.isPresent()
                    ? Optional.of(of(
                            jwk,
                            EnumSet.of(algorithm.get()),
                            algorithm.get() == Algorithm.ES256 ? providers.pace() : Pace.SLOW,
                            ecdsa(ec, providers.curves())))
                    : Optional.empty();
        }
        return jwk instanceof OctetKeyPair pair ? made(pair, providers) : Optional.empty();
    }

    private static Optional<Key> made(OctetKeyPair pair, Providers providers) throws GeneralSecurityException {
        Optional<EdwardsCurve> curve = EdwardsCurve.of(pair.getCurve());
        return curve.isPresent()
                ? Optional.of(of(
                        pair,
                        curve.get().algorithms(),
                        curve.get().pace(providers),
                        edwards(pair, curve.get(), providers)))
                : Optional.empty();
    }

    private static Check edwards(OctetKeyPair pair, EdwardsCurve curve, Providers providers)
            throws GeneralSecurityException {
        PublicKey key = curve.key(pair.getDecodedX());
        return (algorithm, signed, signature) -> isBy(key, curve.verifier(providers), signed, signature);
    }

    /**
     * By the library's choice of parameters, but not its verifier: that would decode the signature again, slowly. The
     * key is made one of the provider once: it would do so for each signature, which takes a third of the time.
     */
    private static Check rsa(RSAPublicKey key, Optional<Provider> provider) throws GeneralSecurityException {
        PublicKey own = provider.isPresent()
                ? (PublicKey) KeyFactory.getInstance("RSA", provider.get()).translateKey(key)
                : key;
        return (algorithm, signed, signature) ->
                isBy(own, RSASSA.getSignerAndVerifier(algorithm.jose(), provider.orElse(null)), signed, signature);
    }

    private static boolean isBy(PublicKey key, Signature verifier, byte[] signed, byte[] signature)
            throws GeneralSecurityException {
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature);
    }

    private static Check ecdsa(ECKey key, Provider provider) throws JOSEException {
        ECDSAVerifier verifier = new ECDSAVerifier(key.toECPublicKey(provider));
        verifier.getJCAContext().setProvider(provider);
        return (algorithm, signed, signature) ->
                verifier.verify(new JWSHeader(algorithm.jose()), signed, Base64URL.encode(signature));
    }

    /** By its number: its text may have zeros before it. */
    private static boolean isStrong(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= LEAST_BITS
                && bits <= MOST_BITS
                && key.getPublicExponent().bitLength() <= MOST_BITS_OF_EXPONENT;
    }

    private static boolean isShort(RSAPublicKey key) {
        return key.getModulus().bitLength() <= LEAST_BITS
                && key.getPublicExponent().bitLength() <= QUICK_BITS_OF_EXPONENT;
    }

    private static Key of(JWK jwk, Set<Algorithm> algorithms, Pace pace, Check check) {
        return new Key(Optional.ofNullable(jwk.getKeyID()), algorithms, pace, check);
    }

    /** One algorithm for each curve (RFC 7518, section 3.4). */
    private static Optional<Algorithm> of(Curve curve) {
        if (Curve.P_256.equals(curve)) {
            return Optional.of(Algorithm.ES256);
        }
        if (Curve.P_384.equals(curve)) {
            return Optional.of(Algorithm.ES384);
        }
        return Curve.P_521.equals(curve) ? Optional.of(Algorithm.ES512) : Optional.empty();
    }

    /** A key that names its algorithm is for no other (RFC 7517, section 4.4). */
    private Optional<Key> limitedTo(JWK jwk) {
        if (jwk.getAlgorithm() == null) {
            return Optional.of(this);
        }
        return Algorithm.named(jwk.getAlgorithm().getName())
                .filter(algorithms::contains)
                .map(only -> only.isEdwards() ? this : new Key(id, EnumSet.of(only), pace, check));
    }
}
