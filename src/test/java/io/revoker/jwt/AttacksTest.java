package io.revoker.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.testing.Issuer;
import io.revoker.testing.Jwts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of attacks on JWTs: each differs from a token that holds in one respect. */
class AttacksTest {
    private static final String ISSUER = "https://login.example/realms/corp";
    private static final Issuer OURS = Issuer.named(ISSUER);
    private static final Issuer OTHER = Issuer.named(ISSUER);
    private static final long NOW = System.currentTimeMillis() / 1000;

    private static Verifying verifying;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys.json"), OURS.jwks());
        verifying = Verifying.in(directory).with("""
                realms:
                  corp:
                    issuer: %s
                    jwks: %s
                    audience: [orders, billing]
                    algorithms: [RS256, PS256, ES256, ES384, EdDSA]
                """.formatted(ISSUER, keys));
    }

    @AfterAll
    static void stop() {
        verifying.close();
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("alg none", header("alg", "none")),
                Arguments.of("alg None", header("alg", "None")),
                Arguments.of("alg in lower case", header("alg", "rs256")),
                Arguments.of("alg that the realm does not allow", header("alg", "RS512")),
                Arguments.of("alg of another kind of key", header("alg", "ES256")),
                Arguments.of("alg of another padding", header("alg", "PS256")),
                Arguments.of("alg of a number", header().replace("\"RS256\"", "256")),
                Arguments.of("no alg", header().replace("\"alg\"", "\"gla\"")),
                Arguments.of("kid of another key", header("kid", "ec")),
                Arguments.of("unknown kid", header("kid", "other")),
                Arguments.of("kid that is a path", header("kid", "../../../dev/null")),
                Arguments.of("kid that is a query", header("kid", "rsa' OR '1'='1")),
                Arguments.of("kid of a number", header().replace("\"rsa\"", "7")),
                Arguments.of("crit", header("crit", "exp")),
                Arguments.of("crit of a list", header().replace("{", "{\"crit\":[\"exp\"],\"exp\":1,")),
                Arguments.of("unencoded payload", header().replace("{", "{\"b64\":false,")),
                Arguments.of("compressed", header("zip", "DEF")),
                Arguments.of("encrypted", header("enc", "A128GCM")),
                Arguments.of("typ of an ID token", header("typ", "JWT")),
                Arguments.of("typ of a logout token", header("typ", "logout+jwt")),
                Arguments.of("no typ", header().replace("\"typ\"", "\"pyt\"")),
                Arguments.of("alg twice", header().replace("{", "{\"alg\":\"none\",")),
                Arguments.of("kid twice", header().replace("{", "{\"kid\":\"other\",")),
                Arguments.of("something after it", header() + "{}"),
                Arguments.of("no object", header().replace("}", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void refusesAHeader(String attack, String header) {
        assertThat(verifying.verify(OURS.sign("RS256", header, claims()))).isEqualTo(Finding.REFUSED);
    }

    static Stream<Arguments> claimRows() {
        return Stream.of(
                Arguments.of("another audience", claims("aud", "\"accounts\"")),
                Arguments.of("other audiences", claims("aud", "[\"accounts\",\"order\"]")),
                Arguments.of("no audience", claims("aud", "null")),
                Arguments.of("audience of another type", claims("aud", "{\"orders\":1}")),
                Arguments.of("audience with a number", claims("aud", "[\"orders\",1]")),
                Arguments.of("expired", claims("exp", NOW - 11)),
                Arguments.of("expired long ago", times(NOW - 7200, NOW - 3600)),
                Arguments.of("no expiry", claims("exp", "null")),
                Arguments.of("expiry of text", claims("exp", "\"" + (NOW + 300) + "\"")),
                Arguments.of("huge expiry", claims("exp", "1e400")),
                Arguments.of("expiry that overflows", claims("exp", "18446744073709551617")),
                Arguments.of("expiry of many digits", claims("exp", "9".repeat(900))),
                Arguments.of("negative expiry", claims("exp", "-1")),
                Arguments.of("too long a life", claims("exp", NOW + 3700)),
                Arguments.of("expiry before the issue", times(NOW, NOW - 5)),
                Arguments.of("future issue", claims("iat", NOW + 60)),
                Arguments.of("no issue", claims("iat", "null")),
                Arguments.of("issue of text", claims("iat", "\"" + NOW + "\"")),
                Arguments.of("issue that is true", claims("iat", "true")),
                Arguments.of("huge issue", claims("iat", "1e400")),
                Arguments.of("not yet valid", claims("nbf", NOW + 60)),
                Arguments.of("nbf of text", claims("nbf", "\"0\"")),
                Arguments.of("no user", claims("sub", "null")),
                Arguments.of("user of nothing", claims("sub", "\"\"")),
                Arguments.of("user of a number", claims("sub", "7")),
                Arguments.of("user with an invisible character", claims("sub", "\"joe\\u202e\"")),
                Arguments.of("user with half a character", claims("sub", "\"joe\\ud800\"")),
                Arguments.of("user that is too long", claims("sub", "\"" + "u".repeat(1025) + "\"")),
                Arguments.of("client with a line break", claims("client_id", "\"a\\r\\nX: y\"")),
                Arguments.of("client of another type", claims("client_id", "[\"app\"]")),
                Arguments.of("scope with a line break", claims("scope", "\"a\\nb\"")),
                Arguments.of("jti of a number", claims("jti", "7")),
                Arguments.of("a key that is not understood", claims("cnf", "{\"kid\":\"k\"}")),
                Arguments.of("a key that is no thumbprint", claims("cnf", "{\"jkt\":\"k\"}")),
                Arguments.of("exp twice", claims().replace("{", "{\"exp\":" + (NOW + 300) + ",")),
                Arguments.of("iss twice", claims().replace("{", "{\"iss\":\"https://other.example\",")),
                Arguments.of("sub twice", claims().replace("{", "{\"sub\":\"root\",")),
                Arguments.of("something after it", claims() + "x"),
                Arguments.of("no end", claims().replace("}", "")),
                Arguments.of("nested too deeply", claims("x", "[".repeat(30) + "]".repeat(30))),
                Arguments.of("oversized", claims("x", "\"" + "x".repeat(16_000) + "\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claimRows")
    void refusesClaims(String attack, String claims) {
        assertThat(verifying.verify(OURS.sign("RS256", header(), claims))).isEqualTo(Finding.REFUSED);
    }

    static Stream<Arguments> foreign() {
        String token = OURS.sign("RS256", header(), claims());
        return Stream.of(
                Arguments.of("issuer with a slash", signed(claims("iss", "\"" + ISSUER + "/\""))),
                Arguments.of(
                        "issuer in upper case", signed(claims("iss", "\"" + ISSUER.toUpperCase(Locale.ROOT) + "\""))),
                Arguments.of("issuer of a list", signed(claims("iss", "[\"" + ISSUER + "\"]"))),
                Arguments.of("no issuer", signed(claims("iss", "null"))),
                Arguments.of("claims of a list", signed("[" + claims() + "]")),
                Arguments.of("claims of text", signed("\"joe\"")),
                Arguments.of("claims with a byte order mark", signed("\ufeff" + claims())),
                Arguments.of("a JWT in a JWT", signed(token)),
                Arguments.of("without its signature", token.substring(0, token.lastIndexOf('.'))),
                Arguments.of("four parts", token + "."),
                Arguments.of("five parts", token + ".."),
                Arguments.of("no payload", token.replaceFirst("\\..*\\.", "..")),
                Arguments.of("header with a blank before it", OURS.sign("RS256", " " + header(), claims())),
                Arguments.of("line breaks", token.replace(".", ".\n")),
                Arguments.of("opaque", "rva_" + "x".repeat(43)),
                Arguments.of("empty", ""),
                Arguments.of("dots", ".."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreign")
    void takesItForNoTokenOfTheIssuer(String attack, String token) {
        assertThat(verifying.verify(token)).isEqualTo(Finding.FOREIGN);
    }

    static Stream<Arguments> signatures() {
        String token = OURS.sign("RS256", header(), claims());
        String signed = token.substring(0, token.lastIndexOf('.') + 1);
        String other = OURS.sign("RS256", header(), claims("sub", "\"root\""));
        return Stream.of(
                Arguments.of("of another key", OTHER.sign("RS256", header(), claims())),
                Arguments.of("of another key by ECDSA", OTHER.accessToken("ES256", "")),
                Arguments.of("of another key by EdDSA", OTHER.accessToken("EdDSA", "")),
                Arguments.of("of another key by Ed448", OTHER.accessToken("Ed448", "")),
                Arguments.of("of a key of the other curve", OURS.sign("Ed448", edwards("EdDSA", "ed"), claims())),
                Arguments.of("Ed25519 for Ed448", OURS.sign("Ed25519", edwards("Ed448", "ed"), claims())),
                Arguments.of("Ed448 for Ed25519", OURS.sign("Ed448", edwards("Ed25519", "ed448"), claims())),
                Arguments.of("of other claims", signed + other.substring(other.lastIndexOf('.') + 1)),
                Arguments.of("empty", signed),
                Arguments.of("too short", token.substring(0, token.length() - 4)),
                Arguments.of("too short by ECDSA", zeros(OURS.accessToken("ES256", ""), 63)),
                Arguments.of("too long by ECDSA", zeros(OURS.accessToken("ES256", ""), 65)),
                Arguments.of("too short by EdDSA", zeros(OURS.accessToken("EdDSA", ""), 1)),
                Arguments.of("too long by EdDSA", zeros(OURS.accessToken("EdDSA", ""), 65)),
                Arguments.of("too short by Ed448", zeros(OURS.accessToken("Ed448", ""), 113)),
                Arguments.of("too long by Ed448", zeros(OURS.accessToken("Ed448", ""), 115)),
                Arguments.of("greater than everything by ECDSA", ones(OURS.accessToken("ES256", ""))),
                Arguments.of("greater than everything by EdDSA", ones(OURS.accessToken("EdDSA", ""))),
                Arguments.of("greater than everything by Ed448", ones(OURS.accessToken("Ed448", ""))),
                Arguments.of("greater than the modulus", ones(token)),
                Arguments.of("zeros by ECDSA", zeros(OURS.accessToken("ES256", ""), 64)),
                Arguments.of("zeros by EdDSA", zeros(OURS.accessToken("EdDSA", ""), 64)),
                Arguments.of("zeros by Ed448", zeros(OURS.accessToken("Ed448", ""), 114)),
                Arguments.of("no base64url", signed + "****"),
                Arguments.of(
                        "HS256 with the public key",
                        confused(OURS.rsa().toJSONObject().get("n") + "")),
                Arguments.of(
                        "HS256 with the JWK", confused(OURS.rsa().toPublicJWK().toJSONString())),
                Arguments.of("HS256 with the X.509 form", confused(pem())),
                Arguments.of("none", unsigned("none")),
                Arguments.of("nOnE", unsigned("nOnE")),
                Arguments.of(
                        "a key that it brings",
                        bringing("jwk", OTHER.keys().get(0).toJSONString())),
                Arguments.of("a key in the web", bringing("jku", "\"https://evil.example/keys\"")),
                Arguments.of("a certificate in the web", bringing("x5u", "\"https://evil.example/pem\"")),
                Arguments.of("a certificate that it brings", bringing("x5c", "[\"MIIB\"]")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signatures")
    void refusesASignature(String attack, String token) {
        assertThat(verifying.verify(token)).isEqualTo(Finding.REFUSED);
    }

    /** What is said about keys in a header decides nothing, either way. */
    @Test
    void looksAtNoKeyThatATokenNames() {
        String header =
                header().replace("{", "{\"jku\":\"http://169.254.169.254/\",\"x5u\":7,\"jwk\":\"?\",\"x5c\":[],");

        assertThat(verifying.verify(OURS.sign("RS256", header, claims()))).isInstanceOf(Finding.Verified.class);
    }

    @Test
    void theTokenWithoutAnAttackHolds() {
        assertThat(verifying.verify(OURS.sign("RS256", header(), claims()))).isInstanceOf(Finding.Verified.class);
    }

    private static String header() {
        return "{\"typ\":\"at+jwt\",\"alg\":\"RS256\",\"kid\":\"rsa\"}";
    }

    private static String edwards(String algorithm, String keyId) {
        return header().replace("RS256", algorithm).replace("\"rsa\"", "\"" + keyId + "\"");
    }

    private static String header(String member, String value) {
        String text = "\"" + member + "\":\"" + value + "\"";
        return header().contains("\"" + member + "\"")
                ? header().replaceAll("\"" + member + "\":\"[^\"]*\"", text.replace("\\", "\\\\"))
                : header().replace("{", "{" + text + ",");
    }

    private static String claims() {
        return claims(Map.of());
    }

    private static String claims(String claim, Object json) {
        return claims(Map.of(claim, json));
    }

    private static String times(long issue, long expiry) {
        return claims(Map.of("iat", issue, "exp", expiry));
    }

    private static String claims(Map<String, Object> others) {
        Map<String, Object> claims = new TreeMap<>(Map.of(
                "iss", "\"" + ISSUER + "\"", "sub", "\"joe\"", "aud", "\"orders\"", "iat", NOW, "exp", NOW + 300));
        claims.putAll(others);
        StringBuilder json = new StringBuilder();
        claims.forEach(
                (name, value) -> json.append(",\"").append(name).append("\":").append(value));
        return "{" + json.substring(1) + "}";
    }

    private static String signed(String claims) {
        return OURS.sign("RS256", header(), claims);
    }

    private static String zeros(String token, int bytes) {
        return token.substring(0, token.lastIndexOf('.') + 1) + Jwts.base64(new byte[bytes]);
    }

    /** Every bit of a signature of that length. */
    private static String ones(String token) {
        String signed = token.substring(0, token.lastIndexOf('.') + 1);
        return signed + "_".repeat(token.length() - signed.length());
    }

    private static String unsigned(String algorithm) {
        return Jwts.base64(header("alg", algorithm)) + "." + Jwts.base64(claims()) + "." + Jwts.base64("x");
    }

    private static String bringing(String member, String json) {
        return OTHER.sign("RS256", header().replace("{", "{\"" + member + "\":" + json + ","), claims());
    }

    private static String pem() {
        try {
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(OURS.rsa().toRSAPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What verifiers accept that take the public key of RS256 for the secret of HS256. */
    private static String confused(String secret) {
        try {
            String signed = Jwts.base64(header("alg", "HS256")) + "." + Jwts.base64(claims());
            return signed + "."
                    + new MACSigner(secret.getBytes(StandardCharsets.UTF_8))
                            .sign(new JWSHeader(JWSAlgorithm.HS256), signed.getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
