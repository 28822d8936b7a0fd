package io.revoker.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.IntStream;

/** An issuer of JWTs with one key, as a realm of the realm file. */
final class JwtIssuer {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Algorithm algorithm;
    private final KeyPair keys;

    /** With the name that {@code openssl speed} has for it. */
    enum Algorithm {
        RS256("RSA", "SHA256withRSA", "rsa2048"),
        ES256("EC", "SHA256withECDSAinP1363Format", "ecdsap256"),
        EdDSA("EdDSA", "Ed25519", "ed25519");

        private final String keyType;
        private final String signature;
        private final String openssl;

        Algorithm(String keyType, String signature, String openssl) {
            this.keyType = keyType;
            this.signature = signature;
            this.openssl = openssl;
        }

        String openssl() {
            return openssl;
        }

        private AlgorithmParameterSpec parameters() {
            return switch (this) {
                case RS256 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
                case ES256 -> new ECGenParameterSpec("secp256r1");
                case EdDSA -> NamedParameterSpec.ED25519;
            };
        }
    }

    private JwtIssuer(Algorithm algorithm, KeyPair keys) {
        this.algorithm = algorithm;
        this.keys = keys;
    }

    static JwtIssuer of(Algorithm algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyType);
        generator.initialize(algorithm.parameters());
        return new JwtIssuer(algorithm, generator.generateKeyPair());
    }

    /** Its entry of the realm file, and beside it the file of its key. */
    String realm(Path directory) throws IOException {
        String name = algorithm.name();
        Path jwks = Files.writeString(directory.resolve(name + ".jwks"), "{\"keys\":[" + jwk() + "]}");
        return "  " + name + ":\n    issuer: https://" + name + ".example\n    jwks: " + jwks + "\n    algorithms: ["
                + name + "]\n    type: any\n";
    }

    private String jwk() {
        String head = "{\"kid\":\"1\",\"use\":\"sig\",";
        if (keys.getPublic() instanceof RSAPublicKey rsa) {
            return head + "\"kty\":\"RSA\",\"n\":\"" + text(unsigned(rsa.getModulus(), 256)) + "\",\"e\":\"AQAB\"}";
        }
        if (keys.getPublic() instanceof ECPublicKey ec) {
            return head + "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                    + text(unsigned(ec.getW().getAffineX(), 32)) + "\",\"y\":\""
                    + text(unsigned(ec.getW().getAffineY(), 32)) + "\"}";
        }
        return head + "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + text(point((EdECPublicKey) keys.getPublic()))
                + "\"}";
    }

    /** RFC 8032, section 5.1.2: y, the least byte first, and the sign of x in the last bit. */
    private static byte[] point(EdECPublicKey key) {
        byte[] big = unsigned(key.getPoint().getY(), 32);
        byte[] little = new byte[32];
        for (int i = 0; i < 32; i++) {
            little[i] = big[31 - i];
        }
        if (key.getPoint().isXOdd()) {
            little[31] |= (byte) 0x80;
        }
        return little;
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int used = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - used, fixed, length - used, used);
        return fixed;
    }

    /** Different ones, for an hour. */
    String[] tokens(int count) {
        long now = Instant.now().getEpochSecond();
        return IntStream.range(0, count).parallel().mapToObj(i -> token(i, now)).toArray(String[]::new);
    }

    private String token(int number, long now) {
        String name = algorithm.name();
        String signed = text(bytes("{\"alg\":\"" + name + "\",\"kid\":\"1\",\"typ\":\"at+jwt\"}")) + "."
                + text(bytes("{\"iss\":\"https://" + name + ".example\",\"sub\":\"user-" + number % 1000
                        + "\",\"client_id\":\"shop\",\"scope\":\"read write\",\"jti\":\"" + name + "-" + number
                        + "\",\"iat\":" + now + ",\"exp\":" + (now + 3600) + "}"));
        return signed + "." + text(sign(keys.getPrivate(), bytes(signed)));
    }

    private byte[] sign(PrivateKey key, byte[] text) {
        try {
            Signature signature = Signature.getInstance(algorithm.signature);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
