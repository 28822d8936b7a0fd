package io.revoker.testing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An authorization server that signs access tokens, with an RSA key, three of elliptic curves and two of EdDSA. */
public final class Issuer {
    private final String name;
    private final RSAKey rsa;
    private final ECKey ec;
    private final ECKey ec384;
    private final ECKey ec521;
    private final KeyPair ed;
    private final KeyPair ed448;

    private Issuer(String name) throws JOSEException, GeneralSecurityException {
        this.name = name;
        this.rsa = generate(new RSAKeyGenerator(2048).keyID("rsa"));
        this.ec = generate(new ECKeyGenerator(Curve.P_256).keyID("ec"));
        this.ec384 = generate(new ECKeyGenerator(Curve.P_384).keyID("ec384"));
        this.ec521 = generate(new ECKeyGenerator(Curve.P_521).keyID("ec521"));
        this.ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        this.ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
    }

    /** By the native library where it works: Java alone takes half a second of the processor for a key of RSA. */
    private static <K extends JWK> K generate(JWKGenerator<K> generator) throws JOSEException {
        AmazonCorrettoCryptoProvider fast = AmazonCorrettoCryptoProvider.INSTANCE;
        return fast.getLoadingError() == null ? generator.provider(fast).generate() : generator.generate();
    }

    /** One with keys that nobody else has. */
    public static Issuer named(String name) {
        try {
            return new Issuer(name);
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String name() {
        return name;
    }

    /** The public keys, as a JWK set. */
    public String jwks() {
        return new JWKSet(keys()).toString();
    }

    /**
     * Its entry in a realm file, under {@code realms:}. Its keys are written into a file.
     *
     * @param more members of the entry, separated by commas
     */
    public String realm(Path directory, String realm, String more) throws IOException {
        Path keys = Files.writeString(directory.resolve(realm + ".json"), jwks());
        return "  %s: {issuer: '%s', jwks: '%s', %s}%n".formatted(realm, name, keys, more);
    }

    public List<JWK> keys() {
        return Stream.of(rsa, ec, ec384, ec521, edwards(Curve.Ed25519, 32), edwards(Curve.Ed448, 57))
                .map(JWK::toPublicJWK)
                .toList();
    }

    public RSAKey rsa() {
        return rsa;
    }

    /** A key in the last bytes of its X.509 form. */
    private OctetKeyPair edwards(Curve curve, int length) {
        byte[] encoded = edwards(curve).getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
        return new OctetKeyPair.Builder(curve, Base64URL.encode(key))
                .keyID(keyId(curve.getName()))
                .build();
    }

    private KeyPair edwards(Curve curve) {
        return curve.equals(Curve.Ed448) ? ed448 : ed;
    }

    /** The id of its key for an algorithm. */
    public static String keyId(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> "ec";
            case "ES384" -> "ec384";
            case "ES512" -> "ec521";
            case "EdDSA", "Ed25519" -> "ed";
            case "Ed448" -> "ed448";
            default -> "rsa";
        };
    }

    /** One of joe, by RFC 9068, that lives for five minutes. */
    public String accessToken(String algorithm, String moreClaims) {
        return accessToken("joe", algorithm, moreClaims);
    }

    /** The same of another user. */
    public String accessToken(String user, String algorithm, String moreClaims) {
        long now = System.currentTimeMillis() / 1000;
        return sign(
                algorithm,
                "{\"typ\":\"at+jwt\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId(algorithm) + "\"}",
                "{\"iss\":\"" + name + "\",\"sub\":\"" + user + "\",\"aud\":\"orders\",\"client_id\":\"app\",\"jti\":\""
                        + Api.fresh("j") + "\",\"iat\":" + now + ",\"exp\":" + (now + 300) + moreClaims + "}");
    }

    /** A logout token for the audience revoker: joe has been logged out (OpenID Connect Back-Channel Logout 1.0). */
    public String logoutToken(String algorithm) {
        long now = System.currentTimeMillis() / 1000;
        return sign(
                algorithm,
                "{\"typ\":\"logout+jwt\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId(algorithm) + "\"}",
                "{\"iss\":\"" + name + "\",\"sub\":\"joe\",\"aud\":\"revoker\",\"jti\":\"" + Api.fresh("l")
                        + "\",\"iat\":" + now + ",\"exp\":" + (now + 120)
                        + ",\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}}");
    }

    /** A security event token for the audience revoker: the sessions of joe have ended (CAEP 1.0, section 3.1). */
    public String event(String algorithm) {
        return sign(
                algorithm,
                "{\"typ\":\"secevent+jwt\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId(algorithm) + "\"}",
                "{\"iss\":\"" + name + "\",\"aud\":\"revoker\",\"jti\":\"" + Api.fresh("e") + "\",\"iat\":"
                        + System.currentTimeMillis() / 1000
                        + ",\"sub_id\":{\"format\":\"opaque\",\"id\":\"joe\"},\"events\":"
                        + "{\"https://schemas.openid.net/secevent/caep/event-type/session-revoked\":{}}}");
    }

    /** Signs what is given, whatever it says. */
    public String sign(String algorithm, String header, String claims) {
        String signed = Jwts.base64(header) + "." + Jwts.base64(claims);
        return signed + "." + Jwts.base64(signature(algorithm, signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] signature(String algorithm, byte[] signed) {
        try {
            if (keyId(algorithm).startsWith("ed")) {
                Curve curve = keyId(algorithm).equals("ed") ? Curve.Ed25519 : Curve.Ed448;
                Signature signature = Signature.getInstance(curve.getName());
                signature.initSign(edwards(curve).getPrivate());
                signature.update(signed);
                return signature.sign();
            }
            JWSAlgorithm jose = JWSAlgorithm.parse(algorithm);
            return signer(algorithm).sign(new JWSHeader(jose), signed).decode();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWSSigner signer(String algorithm) throws JOSEException {
        return switch (algorithm) {
            case "ES256" -> new ECDSASigner(ec);
            case "ES384" -> new ECDSASigner(ec384);
            case "ES512" -> new ECDSASigner(ec521);
            default -> new RSASSASigner(rsa);
        };
    }
}
