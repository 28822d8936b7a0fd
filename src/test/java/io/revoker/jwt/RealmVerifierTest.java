package io.revoker.jwt;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.nimbusds.jose.jwk.Curve;
import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Issuer;
import io.revoker.testing.Jwts;
import io.revoker.testing.LogCapture;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tokens that hold, and for how long, with keys in a file. */
class RealmVerifierTest {
    private static final Issuer OURS = Issuer.named("https://login.example");
    private static final Issuer OTHER = Issuer.named("https://login.example");
    private static final long NOW = System.currentTimeMillis() / 1000;
    private static final BigInteger ORDER_OF_P256 =
            Curve.P_256.toECParameterSpec().getOrder();

    @TempDir
    Path directory;

    private Verifying verifying;

    @BeforeEach
    void start() {
        verifying = Verifying.in(directory);
    }

    @AfterEach
    void stop() {
        verifying.close();
    }

    @Test
    void findsNothingWithoutRealms() {
        assertThat(verifying.verify(OURS.accessToken("RS256", ""))).isEqualTo(Finding.FOREIGN);
        assertThat(verifying.verifier().trustsAny()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
                "Ed448"
            })
    void verifiesEachAlgorithm(String algorithm) {
        with(OURS.jwks(), "algorithms: [" + algorithm + "]");

        assertThat(verifying.verify(OURS.accessToken(algorithm, ""))).isInstanceOf(Finding.Verified.class);
    }

    @Test
    void readsTheClaims() {
        with(OURS.jwks(), "");
        String jkt = "0".repeat(43);

        String token = signed("""
                "sub":"jo\\u0065","jti":"j1","azp":"app","scope":"read write","cnf":{"jkt":"%s"},"iat":%d.25,"exp":%d.5""".formatted(jkt, NOW, NOW + 100));

        assertThat(verifying.verified(token))
                .isEqualTo(new VerifiedJwt(
                        TokenId.of(token),
                        new UserInRealm(new RealmId("corp"), new UserName("joe")),
                        Optional.of(TokenId.ofJti(new RealmId("corp"), "j1")),
                        new Grant.Facts(
                                "app",
                                "read write",
                                Instant.ofEpochSecond(NOW),
                                new Credential(TokenType.DPOP, "j1", jkt, "", "rsa")),
                        Instant.ofEpochSecond(NOW, 250_000_000),
                        Instant.ofEpochSecond(NOW + 100, 500_000_000),
                        Demand.EITHER));
    }

    @Test
    void needsNeitherIdNorClientNorScope() {
        with(OURS.jwks(), "");

        VerifiedJwt jwt = verifying.verified(signed("\"sub\":\"joe\",\"iat\":%d,\"exp\":%d".formatted(NOW, NOW + 9)));

        assertThat(jwt.jti()).isEmpty();
        assertThat(jwt.facts())
                .isEqualTo(new Grant.Facts(
                        "", "", Instant.ofEpochSecond(NOW), new Credential(TokenType.BEARER, "", "", "", "rsa")));
    }

    @ParameterizedTest
    @CsvSource({
        "'client_id', 'c1', ''",
        "'azp', 'c2', ''",
        "'cid', '', ''",
        "'cid', 'c3', 'client-claim: cid'",
        "'client_id', '', 'client-claim: cid'"
    })
    void findsTheClientWhereTheRealmSays(String claim, String found, String rule) {
        with(OURS.jwks(), rule);
        String client = found.isEmpty() ? "unused" : found;

        assertThat(verifying
                        .verified(signed("\"sub\":\"joe\",\"%s\":\"%s\",\"iat\":%d,\"exp\":%d"
                                .formatted(claim, client, NOW, NOW + 9)))
                        .facts()
                        .clientId())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"sid, s1, ''", "session, '', ''", "session, s2, 'session-claim: session'"})
    void findsTheSessionWhereTheRealmSays(String claim, String found, String rule) {
        with(OURS.jwks(), rule);
        String session = found.isEmpty() ? "unused" : found;

        assertThat(verifying
                        .verified(OURS.accessToken("RS256", ",\"%s\":\"%s\"".formatted(claim, session)))
                        .facts()
                        .session())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{}", "[\"s\"]", "true", "\"\"", "\"s\u00e9ance\"", "\"a\\nb\"", "\"LONG\""})
    void findsNoSessionInWhatNobodyCouldRevokeBy(String claim) {
        with(OURS.jwks(), "");

        assertThat(verifying
                        .verified(OURS.accessToken("RS256", ",\"sid\":" + claim.replace("LONG", "x".repeat(1025))))
                        .facts()
                        .session())
                .isEmpty();
    }

    @Test
    void findsNoKeyInAnIdThatNobodyCouldRevokeBy() {
        String kid = "k".repeat(1025);
        with(OURS.jwks().replace("\"rsa\"", "\"" + kid + "\""), "");

        assertThat(verifying
                        .verified(OURS.sign(
                                "RS256", "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}", claims()))
                        .facts()
                        .credential()
                        .keyId())
                .isEmpty();
    }

    @Test
    void tellsWhichKeyHasSigned() {
        with(OURS.jwks(), "");

        assertThat(verifying
                        .verified(OURS.accessToken("RS256", ""))
                        .facts()
                        .credential()
                        .keyId())
                .isEqualTo(Issuer.keyId("RS256"));
    }

    @Test
    void takesTheUserFromTheClaimThatTheRealmNames() {
        with(OURS.jwks(), "username-claim: preferred_username, registered: required");

        VerifiedJwt jwt = verifying.verified(OURS.accessToken("RS256", ",\"preferred_username\":\"jane\""));

        assertThat(jwt.holder().user()).isEqualTo(new UserName("jane"));
        assertThat(jwt.demand()).isEqualTo(Demand.REGISTERED);
    }

    @ParameterizedTest
    @CsvSource({
        "at+jwt, at+jwt, true",
        "at+jwt, AT+JWT, true",
        "at+jwt, application/at+jwt, true",
        "at+jwt, Application/At+Jwt, true",
        "at+jwt, jwt, false",
        "at+jwt, text/at+jwt, false",
        "at+jwt, at+jwtx, false",
        "JWT, jwt, true",
        "JWT, application/jwt, true",
        "JWT, at+jwt, false",
        "any, x, true",
        "any, JWT, true",
        "any, '', true",
        "any, global-token-revocation+jwt, false",
        "any, application/Logout+JWT, false",
        "any, secevent+jwt, false",
        "any, client-authentication+jwt, false"
    })
    void demandsAType(String rule, String type, boolean holds) {
        with(OURS.jwks(), "type: " + rule);
        String token = OURS.sign("RS256", "{\"alg\":\"RS256\",\"typ\":\"" + type + "\"}", claims());

        assertThat(verifying.verify(token) instanceof Finding.Verified).isEqualTo(holds);
    }

    @Test
    void letsTheClocksDifferALittle() {
        with(OURS.jwks(), "clock-skew: 30s");

        String early =
                signed("\"sub\":\"joe\",\"iat\":%d,\"nbf\":%d,\"exp\":%d".formatted(NOW + 20, NOW + 20, NOW + 90));
        String late = signed("\"sub\":\"joe\",\"iat\":%d,\"exp\":%d".formatted(NOW - 90, NOW - 5));

        assertThat(verifying.verify(early)).isInstanceOf(Finding.Verified.class);
        assertThat(verifying.verify(late)).isInstanceOf(Finding.Verified.class);
        verifying.ahead(Duration.ofSeconds(60));
        assertThat(verifying.verify(late)).as("a remembered one, too").isEqualTo(Finding.REFUSED);
    }

    /** Such forms are made without the key of the issuer; the id of the token, by which it is revoked, is the same. */
    @Test
    void verifiesOtherFormsOfASignatureAlike() {
        with(OURS.jwks(), "");
        String token = OURS.accessToken("ES256", "");
        String signed = token.substring(0, token.lastIndexOf('.') + 1);
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(signed.length()));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        byte[] negated = ORDER_OF_P256.subtract(s).toByteArray();
        byte[] other = Arrays.copyOf(signature, 64);
        Arrays.fill(other, 32, 64, (byte) 0);
        int length = Math.min(32, negated.length);
        System.arraycopy(negated, negated.length - length, other, 64 - length, length);
        String spare = token.substring(0, token.length() - 1) + (char) (token.charAt(token.length() - 1) + 1);

        for (String form : new String[] {token, signed + Jwts.base64(other), spare, token + "=="}) {
            assertThat(verifying.verify(form)).as(form).isInstanceOf(Finding.Verified.class);
            assertThat(TokenId.of(form)).isEqualTo(TokenId.of(token));
        }
    }

    @Test
    void remembersAVerdictUntilTheKeysChange() throws IOException {
        Path keys = with(OURS.jwks(), "");
        String token = OURS.accessToken("ES256", "");
        String forged = OTHER.accessToken("ES256", "");

        for (int i = 0; i < 3; i++) {
            assertThat(verifying.verify(token)).isInstanceOf(Finding.Verified.class);
            assertThat(verifying.verify(forged)).isEqualTo(Finding.REFUSED);
        }
        assertThat(verifying.counted("verified")).isEqualTo(1);
        assertThat(verifying.counted("refused")).isEqualTo(1);
        assertThat(verifying.counted("remembered")).isEqualTo(4);

        verifying.refresh();
        assertThat(verifying.verify(token)).isInstanceOf(Finding.Verified.class);
        assertThat(verifying.counted("remembered")).as("the same keys").isEqualTo(5);
        Files.writeString(keys, OTHER.jwks());
        verifying.refresh();

        assertThat(verifying.verify(token)).isEqualTo(Finding.REFUSED);
        assertThat(verifying.verify(forged)).isInstanceOf(Finding.Verified.class);
    }

    /** RFC 9864 has other names for what EdDSA is with each curve. */
    @ParameterizedTest
    @CsvSource({"EdDSA,ed,Ed25519", "Ed25519,ed,Ed25519", "EdDSA,ed448,Ed448", "Ed448,ed448,Ed448"})
    void takesEitherCurveForEdDsa(String name, String key, String curve) {
        with(OURS.jwks(), "algorithms: [EdDSA]");

        assertThat(verifying.verify(signed(name, key, curve))).isInstanceOf(Finding.Verified.class);
    }

    /** Most issuers name either curve by the older name, which does not open a realm for the other one. */
    @ParameterizedTest
    @CsvSource({"Ed25519,ed,ed448,Ed448", "Ed448,ed448,ed,Ed25519"})
    void takesTheCurveOnlyThatARealmAllowsByEitherName(String curve, String key, String otherKey, String other) {
        with(OURS.jwks(), "algorithms: [" + curve + "]");

        assertThat(List.of(signed(curve, key, curve), signed("EdDSA", key, curve)))
                .allSatisfy(token -> assertThat(verifying.verify(token)).isInstanceOf(Finding.Verified.class));
        assertThat(List.of(signed(other, otherKey, other), signed("EdDSA", otherKey, other)))
                .allSatisfy(token -> assertThat(verifying.verify(token)).isEqualTo(Finding.REFUSED));
    }

    @Test
    void takesEachCurveByTheOlderNameWhereBothAreAllowedByTheirOwn() {
        with(OURS.jwks(), "algorithms: [Ed25519, Ed448]");

        assertThat(List.of(signed("EdDSA", "ed", "Ed25519"), signed("EdDSA", "ed448", "Ed448")))
                .allSatisfy(token -> assertThat(verifying.verify(token)).isInstanceOf(Finding.Verified.class));
    }

    /** @param name of the algorithm in the header */
    private static String signed(String name, String key, String curve) {
        return OURS.sign(
                curve,
                "{'typ':'at+jwt','alg':'%s','kid':'%s'}".formatted(name, key).replace('\'', '"'),
                claims());
    }

    @Test
    void remembersNoMoreVerdictsThanItMay() {
        verifying.close();
        verifying = Verifying.in(directory, Duration.ofHours(1), 2);
        with(OURS.jwks(), "");
        List<String> tokens =
                Stream.generate(() -> OURS.accessToken("EdDSA", "")).limit(20).toList();

        tokens.forEach(token -> assertThat(verifying.verify(token)).isInstanceOf(Finding.Verified.class));
        tokens.forEach(token -> assertThat(verifying.verify(token)).isInstanceOf(Finding.Verified.class));

        assertThat(verifying.counted("remembered")).isLessThanOrEqualTo(2);
    }

    @Test
    void measuresNoRealmThatIsGone() {
        long now = System.currentTimeMillis() / 1000;
        Path keys = with(OURS.jwks(), "");
        String ahead = signed("\"sub\":\"joe\",\"iat\":%d,\"exp\":%d".formatted(now + 8, now + 90));
        verifying.verify(ahead);
        verifying.verify(signed("\"sub\":\"joe\",\"iat\":%d,\"exp\":%d".formatted(now - 600, now + 90)));
        assertThat(verifying.meters.find("revoker.jwt.iat.ahead").meters()).hasSize(1);

        verifying.replace("realms: {other: {issuer: 'https://other.example', jwks: '" + keys + "'}}");

        assertThat(verifying.meters.getMeters())
                .noneMatch(meter -> Objects.equals(meter.getId().getTag("realm"), "corp"));
        with(OURS.jwks(), "");
        Waiting.until("keys", () -> verifying.verify(ahead) instanceof Finding.Verified);
        assertThat(verifying.summary("revoker.jwt.iat.ahead").count()).isEqualTo(1);
    }

    /** The clock of an issuer that drifts away shows before its tokens are refused. */
    @Test
    void measuresHowFarTheClockOfAnIssuerIsAway() {
        long now = System.currentTimeMillis() / 1000;
        with(OURS.jwks(), "");
        String ahead = signed("\"sub\":\"joe\",\"iat\":%d,\"exp\":%d".formatted(now + 8, now + 90));
        String behind = signed("\"sub\":\"joe\",\"iat\":%d,\"exp\":%d".formatted(now - 600, now + 90));

        verifying.verify(ahead);
        verifying.verify(behind);
        verifying.verify(behind);

        assertThat(verifying.summary("revoker.jwt.iat.ahead").count()).isEqualTo(1);
        assertThat(verifying.summary("revoker.jwt.iat.ahead").totalAmount()).isBetween(0.0, 8.0);
        assertThat(verifying.summary("revoker.jwt.iat.age").count())
                .as("that of a remembered one is not looked at again")
                .isEqualTo(1);
        assertThat(verifying.summary("revoker.jwt.iat.age").totalAmount()).isGreaterThanOrEqualTo(600);
    }

    @Test
    void remembersNoVerdictOfAnotherRealmFile() {
        with(OURS.jwks(), "");
        String token = OURS.accessToken("RS256", "");
        assertThat(verifying.verify(token)).isInstanceOf(Finding.Verified.class);

        with(OURS.jwks(), "audience: [billing]");

        assertThat(verifying.verify(token)).isEqualTo(Finding.REFUSED);
        verifying.replace("realms: {corp: {issuer: other, jwks: keys.json}}");
        assertThat(verifying.verify(token)).isEqualTo(Finding.FOREIGN);
    }

    @Test
    void logsNoPartOfAToken() {
        String good = OURS.accessToken("RS256", "");
        String late = OURS.accessToken("RS256", ",\"nbf\":4000000000");
        Logger ours = (Logger) LoggerFactory.getLogger("io.revoker.jwt");
        ours.setLevel(Level.TRACE);
        try (LogCapture log = LogCapture.open(Level.TRACE)) {
            with(OURS.jwks(), "");
            verifying.verify(good);
            verifying.verify(late);

            assertThat(log.lines())
                    .contains("DEBUG io.revoker.jwt.TrustedRealm JWT refused realm=corp cause=nbf: in the future"
                            + " (expected: at most clock-skew ahead)")
                    .noneMatch(line -> line.contains(good.substring(good.indexOf('.') + 1, good.lastIndexOf('.'))))
                    .noneMatch(line -> line.contains(late.substring(late.lastIndexOf('.') + 1)));
        } finally {
            ours.setLevel(Level.INFO);
        }
    }

    @Test
    void tellsWhichRealmsAreTrusted() {
        verifying.replace("""
                realms:
                  corp: {issuer: a, jwks: a.json, max-lifetime: 2h, clock-skew: 5s}
                  partners: {issuer: b, jwks: a.json, registered: none}
                  bank: {issuer: c, jwks: a.json, registered: required}
                """);

        assertThat(verifying.verifier().trusts(new RealmId("corp"))).isTrue();
        assertThat(verifying.verifier().trusts(new RealmId("partners"))).isTrue();
        assertThat(verifying.verifier().trusts(new RealmId("bank"))).isFalse();
        assertThat(verifying.verifier().trusts(new RealmId("other"))).isFalse();
        assertThat(verifying.verifier().trustsAny()).isTrue();
    }

    @Test
    void canSayNothingWithoutKeys() {
        with("{\"keys\":[]}", "");
        String token = OURS.accessToken("RS256", "");

        assertThat(problem(verifying.ask(token)))
                .hasMessageStartingWith("keys: not fetched (expected: those of the issuer)")
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(verifying.verify(OURS.accessToken("RS256", ",\"nbf\":9999999999")))
                .as("does not hold, whatever the keys")
                .isEqualTo(Finding.REFUSED);
        assertThat(verifying.counted("unavailable")).isEqualTo(1);
    }

    /** It would tell a stranger that the realm is there. */
    @Test
    void saysNothingOfAnotherRealm() {
        with("{\"keys\":[]}", "");
        String token = OURS.accessToken("RS256", "");
        RealmScope elsewhere = RealmScope.only(Set.of(new RealmId("elsewhere")));

        for (Purpose purpose : Purpose.values()) {
            assertThat(get(verifying.verifier().verify(token, elsewhere, purpose)))
                    .isEqualTo(Finding.REFUSED);
        }
    }

    @Test
    void saysNothingOfAnotherRealmThatItRemembers() {
        with(OURS.jwks(), "");
        String token = OURS.accessToken("RS256", "");
        RealmScope elsewhere = RealmScope.only(Set.of(new RealmId("elsewhere")));
        assertThat(verifying.verify(token)).isInstanceOf(Finding.Verified.class);

        assertThat(get(verifying.verifier().verify(token, elsewhere, Purpose.CHECK)))
                .isEqualTo(Finding.REFUSED);
    }

    /** One that is refused today can be active tomorrow. */
    @ParameterizedTest
    @ValueSource(strings = {"nbf", "iat"})
    void revokesWhatIsNotYetActive(String claim) {
        with(OURS.jwks(), "");
        String token = signed("\"sub\":\"joe\",\"iat\":%d,\"exp\":%d,\"nbf\":%d"
                .formatted(claim.equals("iat") ? NOW + 300 : NOW, NOW + 600, NOW + 300));

        assertThat(verifying.verifyForRevocation(token)).isInstanceOf(Finding.Verified.class);

        assertThat(verifying.verify(token)).as("is not remembered for checks").isEqualTo(Finding.REFUSED);
    }

    @Test
    void leavesARevocationToTheRegistrationThatMustBeThere() {
        with("{\"keys\":[]}", "registered: required");

        assertThat(verifying.verifyForRevocation(OURS.accessToken("RS256", ""))).isEqualTo(Finding.REFUSED);
    }

    @Test
    void verifiesATokenThatNamesNoKeyByThoseThatFit() {
        with(OURS.jwks(), "");

        assertThat(verifying.verify(OURS.sign("RS256", "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", claims())))
                .isInstanceOf(Finding.Verified.class);
        assertThat(verifying.verify(OTHER.sign("RS256", "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", claims())))
                .isEqualTo(Finding.REFUSED);
    }

    /** Gives the realm corp these keys and a rule, and waits until the keys were fetched. */
    private Path with(String jwks, String rule) {
        try {
            Path keys = Files.writeString(directory.resolve("keys.json"), jwks);
            verifying.with("realms: {corp: {issuer: \"" + OURS.name() + "\", jwks: \"" + keys + "\""
                    + (rule.isEmpty() ? "" : ", " + rule) + "}}");
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String claims() {
        return "{\"iss\":\"%s\",\"sub\":\"joe\",\"iat\":%d,\"exp\":%d}".formatted(OURS.name(), NOW, NOW + 300);
    }

    private static String signed(String claims) {
        return OURS.sign(
                "RS256",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"rsa\"}",
                "{\"iss\":\"" + OURS.name() + "\"," + claims + "}");
    }
}
