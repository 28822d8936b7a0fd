package io.revoker.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.Ed25519Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the keys of this service. */
class SigningKeysTest {
    /** By {@code openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256}. */
    private static final String P_256 = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBl6dRUZDIZqeLBc6
            FrlUcjByM5SsJlhISGMLSmc1sPChRANCAAQ0oLNzRc4XSlIXhHZiw45eKHANrqVl
            ZQdrdTBv7HYay9Mnxfv0JNUPmm2np+MiAhSp7hW4AcSvtl2A00hYstdX
            -----END PRIVATE KEY-----
            """;

    /** By {@code openssl genpkey -algorithm ED25519}. */
    private static final String ED25519 = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIAdWTcmnNlXj0AtIQL0wFH4dvDEoMonoesPz6s8kebOR
            -----END PRIVATE KEY-----
            """;

    @TempDir
    private Path directory;

    @Test
    void signsWithWhatOpensslWrites() throws Exception {
        assertThat(verified(P_256, JWSAlgorithm.ES256)).isEqualTo("{\"a\":1}");
        assertThat(verified(ED25519, JWSAlgorithm.EdDSA)).isEqualTo("{\"a\":1}");
        assertThat(verified(rsa(2048), JWSAlgorithm.RS256)).isEqualTo("{\"a\":1}");
    }

    @Test
    void signsWithJwks() throws Exception {
        assertThat(verified(p256("k").toJSONString(), JWSAlgorithm.ES256)).isEqualTo("{\"a\":1}");
        RSAKey rsa = new RSAKeyGenerator(2048).algorithm(JWSAlgorithm.PS256).generate();
        assertThat(verified(rsa.toJSONString(), JWSAlgorithm.PS256)).isEqualTo("{\"a\":1}");
        assertThat(verified("{\"keys\":[" + p256("a") + "]}", JWSAlgorithm.ES256))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void publishesAllKeysWithoutTheirPrivateParts() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("old").generate();
        SigningKeys keys = read(
                "{\"keys\":[" + p256("new") + "," + rsa + "," + p256("next").toPublicJWK() + "]}");

        JWKSet set = JWKSet.parse(keys.published());
        assertThat(set.getKeys()).extracting(JWK::getKeyID).containsExactly("new", "old", "next");
        assertThat(set.getKeys()).noneMatch(JWK::isPrivate);
        assertThat(set.getKeys()).extracting(JWK::getKeyUse).containsOnly(KeyUse.SIGNATURE);
        assertThat(keys.published()).doesNotContainPattern("\"(d|p|q|dp|dq|qi|oth|k|x5c|key_ops)\"");
        assertThat(keys.first().orElseThrow().id()).isEqualTo("new");
        assertThat(keys + keys.first().toString()).isEqualTo("3 keysOptional[ES256 new]");
    }

    @Test
    void namesAKeyWithoutAnIdByItsThumbprint() throws Exception {
        JWK key = JWKSet.parse(read(P_256).published()).getKeys().get(0);

        assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
    }

    @Test
    void refusesWhatCantSign() throws Exception {
        ECKey key = p256("k");
        assertThatThrownBy(() -> SigningKeys.read(directory.resolve("none"))).hasMessageContaining("NoSuchFile");
        refuses("", "malformed");
        refuses("{\"keys\":[]}", "0 keys");
        refuses("{\"keys\":[7]}", "malformed");
        refuses("{\"keys\":7}", "malformed");
        refuses("{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr\"}", "another kind");
        refuses(rsa(1024), "another kind");
        refuses(new ECKeyGenerator(Curve.P_384).generate().toJSONString(), "another kind");
        refuses(new ECKey.Builder(key).keyUse(KeyUse.ENCRYPTION).build().toJSONString(), "another use");
        refuses(new ECKey.Builder(key).algorithm(JWSAlgorithm.ES384).build().toJSONString(), "another alg");
        refuses(key.toPublicJWK().toJSONString(), "without its private part");
        refuses("{\"keys\":[" + key + "," + p256("k") + "]}", "same kid");
        refuses("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\",\"d\":\"AQ\"}", "malformed");
        refuses(swapped(key, p256("k")), "does not belong");
        refuses("{\"keys\":[" + (key + ",").repeat(16) + key + "]}", "17 keys");
        refuses(" ".repeat(256 * 1024 + 1), "too long");
        refuses("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "another kind");
        refuses("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "can't be read");
        refuses("-----BEGIN PRIVATE KEY-----\n", "0 keys");
    }

    /** The private part of one key beside the public part of another. */
    private static String swapped(ECKey one, ECKey other) {
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":\"" + other.getX() + "\",\"y\":\"" + other.getY()
                + "\",\"d\":\"" + one.getD() + "\"}";
    }

    private static ECKey p256(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    private static String rsa(int bits) throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
        pairs.initialize(bits);
        byte[] encoded = pairs.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private SigningKeys read(String content) throws Exception {
        return SigningKeys.read(Files.writeString(directory.resolve("keys"), content));
    }

    /** No message may say anything of what is in the file. */
    private void refuses(String content, String why) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(why)
                .hasMessageContaining("expected: ")
                .message()
                .doesNotContainPattern("[A-Za-z0-9_-]{30,}");
    }

    /** What it has signed, by somebody else's verifier with the published key. */
    private String verified(String content, JWSAlgorithm algorithm) throws Exception {
        SigningKeys keys = read(content);
        JWSObject signed =
                JWSObject.parse(keys.first().orElseThrow().sign("x+jwt", "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        JWK key = JWKSet.parse(keys.published()).getKeys().get(0);
        assertThat(signed.getHeader().getAlgorithm()).isEqualTo(algorithm);
        assertThat(signed.getHeader().getType()).hasToString("x+jwt");
        assertThat(signed.getHeader().getKeyID()).isEqualTo(key.getKeyID());
        assertThat(key.getAlgorithm()).isEqualTo(algorithm);
        if (key instanceof OctetKeyPair pair) {
            assertThat(Ed25519Key.verify(
                            pair.getDecodedX(),
                            signed.getSigningInput(),
                            signed.getSignature().decode()))
                    .isTrue();
        } else {
            JWSVerifier verifier = key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECKey) key);
            assertThat(signed.verify(verifier)).isTrue();
        }
        return signed.getPayload().toString();
    }
}
