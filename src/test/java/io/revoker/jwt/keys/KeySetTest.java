package io.revoker.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.revoker.domain.Problem;
import io.revoker.testing.Issuer;
import io.revoker.testing.Jwts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
    private static final Issuer ISSUER = Issuer.named("i");
    private static final RSAKey RSA = ISSUER.rsa();

    @Test
    void findsTheAlgorithmsOfEachKey() {
        assertThat(read(ISSUER.jwks()).keys())
                .extracting(key -> key.id().orElse("") + " " + key.algorithms().size())
                .containsExactly("rsa 6", "ec 1", "ec384 1", "ec521 1", "ed 2", "ed448 2");
    }

    @Test
    void limitsAKeyToTheAlgorithmThatItNames() {
        assertThat(read(set(new RSAKey.Builder(RSA)
                                .keyUse(KeyUse.SIGNATURE)
                                .keyOperations(Set.of(KeyOperation.VERIFY))
                                .algorithm(JWSAlgorithm.PS384)
                                .build()))
                        .keys())
                .singleElement()
                .extracting(Key::algorithms)
                .isEqualTo(Set.of(Algorithm.PS384));
    }

    /** By either of its names, that of RFC 8037 or that of RFC 9864: tokens may have the other one. */
    @ParameterizedTest
    @CsvSource({"ed,EdDSA,ED25519", "ed,Ed25519,ED25519", "ed448,EdDSA,ED448", "ed448,Ed448,ED448"})
    void knowsAKeyOfEdDsaByItsNames(String id, String algorithm, Algorithm curve) {
        assertThat(read(naming(id, algorithm)).keys())
                .filteredOn(key -> key.id().equals(Optional.of(id)))
                .singleElement()
                .extracting(Key::algorithms)
                .isEqualTo(Set.of(Algorithm.EDDSA, curve));
    }

    @ParameterizedTest
    @CsvSource({"ed,Ed448", "ed448,Ed25519", "ed,ES256"})
    void ignoresAKeyOfAnotherCurveThanItsAlgorithm(String id, String algorithm) {
        assertThat(read(naming(id, algorithm)).keys()).noneMatch(key -> key.id().equals(Optional.of(id)));
    }

    private static String naming(String id, String algorithm) {
        String kid = "\"kid\":\"" + id + "\"";
        return ISSUER.jwks().replace(kid, kid + ",\"alg\":\"" + algorithm + "\"");
    }

    /** Those are verified on event loops. */
    @Test
    void callsOnlyShortKeysOfTheNativeLibraryQuick() {
        List<String> quick = Providers.awsLc().isPresent() ? List.of("rsa", "ec", "ed") : List.of();

        assertThat(read(ISSUER.jwks()).keys())
                .filteredOn(key -> key.pace() == Pace.QUICK)
                .extracting(key -> key.id().orElse(""))
                .containsExactlyElementsOf(quick);
        assertThat(read("{\"keys\":[" + rsa(4096) + "," + rsa(2048, "gAAAAQ") + "]}")
                        .keys())
                .extracting(Key::pace)
                .containsOnly(Pace.SLOW);
        assertThat(KeySet.read(ISSUER.jwks().getBytes(StandardCharsets.UTF_8), Providers.JAVA)
                        .keys())
                .extracting(Key::pace)
                .containsOnly(Pace.SLOW);
    }

    @Test
    void keepsNothingSecret() {
        assertThat(read("{\"keys\":[" + RSA.toJSONString() + "]}").publicParts())
                .isEqualTo(set(RSA.toPublicJWK()))
                .doesNotContain("\"d\"");
    }

    @Test
    void ignoresKeysForSomethingElse() {
        assertThat(unfit(new RSAKey.Builder(RSA).keyUse(KeyUse.ENCRYPTION).build()))
                .isEqualTo("no key that can be used");
        assertThat(unfit(new RSAKey.Builder(RSA)
                        .algorithm(JWEAlgorithm.RSA_OAEP_256)
                        .build()))
                .isEqualTo("no key that can be used");
        assertThat(unfit(new RSAKey.Builder(RSA).algorithm(JWSAlgorithm.ES256).build()))
                .isEqualTo("no key that can be used");
        assertThat(unfit(new RSAKey.Builder(RSA)
                        .keyOperations(Set.of(KeyOperation.ENCRYPT))
                        .build()))
                .isEqualTo("no key that can be used");
    }

    @Test
    void ignoresWhatIsTooWeakOrTooLong() {
        assertThat(unfit("{\"keys\":[" + rsa(1024) + "," + rsa(2040) + "," + rsa(4104) + "," + rsa(8192) + "]}"))
                .isEqualTo("no key that can be used");
        assertThat(read("{\"keys\":[" + rsa(2048) + "," + rsa(4096) + "]}").keys())
                .hasSize(2);
    }

    /** Of 33 bits, and of 32. */
    @Test
    void ignoresWhatWouldTakeLongToVerify() {
        assertThat(unfit("{\"keys\":[" + rsa(2048, "AQAAAAE") + "]}")).isEqualTo("no key that can be used");
        assertThat(read("{\"keys\":[" + rsa(2048, "gAAAAQ") + "]}").keys()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"oct\",\"k\":\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\",\"alg\":\"HS256\"}",
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AAAA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AQ\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
                "{}",
                "7",
                "\"key\""
            })
    void ignoresWhatIsNoPublicKeyForSignatures(String key) {
        assertThat(unfit("{\"keys\":[" + key + "]}")).isEqualTo("no key that can be used");
        assertThat(read("{\"keys\":[" + key + "," + RSA.toPublicJWK() + "]}").keys())
                .hasSize(1);
    }

    /** Its curve is for no algorithm that a realm can allow. */
    @Test
    void ignoresTheCurveOfBitcoin() {
        assertThat(unfit("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\""
                        + hex("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798") + "\",\"y\":\""
                        + hex("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8") + "\"}]}"))
                .isEqualTo("no key that can be used");
    }

    @Test
    void isBounded() {
        String key = RSA.toPublicJWK().toJSONString();

        assertThat(read("{\"keys\":[" + String.join(",", Collections.nCopies(64, key)) + "]}")
                        .keys())
                .hasSize(64);
        assertThat(unfit("{\"keys\":[" + String.join(",", Collections.nCopies(65, key)) + "]}"))
                .isEqualTo("65 keys");
        assertThat(unfit("{\"keys\":[" + key + "]" + " ".repeat(KeySet.MAX_BYTES) + "}"))
                .isEqualTo("not a JWK set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[],\"keys\":[]}", "<html>", "{\"keys\":[]} x"})
    void needsASet(String text) {
        assertThat(unfit(text)).isEqualTo("not a JWK set");
    }

    @Test
    void triesAFewKeysAtMost() {
        List<String> four = Collections.nCopies(4, RSA.toPublicJWK().toJSONString());

        assertThat(read("{\"keys\":[" + String.join(",", four) + "]}").candidates(Algorithm.RS256, Optional.empty()))
                .hasSize(4);
        assertThat(read("{\"keys\":[" + String.join(",", four) + "," + four.get(0) + "]}")
                        .candidates(Algorithm.RS256, Optional.empty()))
                .isEmpty();
        assertThat(read(ISSUER.jwks()).candidates(Algorithm.ES256, Optional.of("ec")))
                .hasSize(1);
        assertThat(read(ISSUER.jwks()).candidates(Algorithm.RS256, Optional.of("ec")))
                .isEmpty();
    }

    private static String rsa(int bits) {
        return rsa(bits, "AQAB");
    }

    private static String rsa(int bits, String exponent) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
        return "{\"kty\":\"RSA\",\"e\":\"" + exponent + "\",\"n\":\"" + Jwts.base64(modulus.toByteArray()) + "\"}";
    }

    private static String hex(String hex) {
        return Jwts.base64(HexFormat.of().parseHex(hex));
    }

    private static String set(JWK key) {
        return "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}";
    }

    private static KeySet read(String json) {
        return KeySet.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String unfit(JWK key) {
        return unfit(set(key));
    }

    private static String unfit(String json) {
        String text = catchThrowableOfType(Problem.class, () -> read(json)).text();
        return text.substring(0, text.indexOf(" (expected"));
    }
}
