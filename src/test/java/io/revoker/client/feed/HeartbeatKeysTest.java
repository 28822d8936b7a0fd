package io.revoker.client.feed;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.client.internal.JsonFields;
import io.revoker.testing.Issuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of heartbeats, good ones and false ones. */
class HeartbeatKeysTest {
    private static final Issuer ISSUER = Issuer.named("https://auth.example");
    private static final String TYPE = "revoker-heartbeat+jwt";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final HeartbeatKeys keys = HeartbeatKeys.of(ISSUER.name(), ISSUER.jwks(), InstantSource.fixed(now));

    private String facts(Instant time) {
        return "\"event\":\"heartbeat\",\"stamp\":\"1795360087123456\",\"time\":\"" + time + "\",\"as_of\":\""
                + time.minusMillis(5) + "\",\"uptime\":5120";
    }

    private static String header(String algorithm, String kid, String type) {
        return "{\"typ\":\"" + type + "\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}";
    }

    private String signed(String algorithm) {
        return ISSUER.sign(
                algorithm, header(algorithm, Issuer.keyId(algorithm), TYPE), claims(ISSUER.name(), facts(now)));
    }

    private static String claims(String issuer, String facts) {
        return "{\"iss\":\"" + issuer + "\",\"iat\":1," + facts + "}";
    }

    private static JsonFields beat(String facts, String signature) {
        String body = "{" + facts + ",\"signature\":\"" + signature + "\"}";
        try {
            return JsonFields.read(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
    void takesWhatIsSignedByOneOfTheKeys(String algorithm) {
        assertThatCode(() -> keys.require(beat(facts(now), signed(algorithm)))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"1795360087123456, 1795360087123457", "5120, 5121", "heartbeat, other"})
    void refusesWhatSaysSomethingElse(String text, String other) {
        refused(beat(facts(now).replace(text, other), signed("ES256")));
    }

    @Test
    void refusesWhatIsSignedByAnotherKeyOrOfAnotherTypeOrIssuerOrNotAtAll() {
        String signed = signed("ES256");
        Issuer other = Issuer.named(ISSUER.name());
        String claims = claims(ISSUER.name(), facts(now));
        refused(beat(facts(now), other.sign("ES256", header("ES256", "ec", TYPE), claims)));
        refused(beat(facts(now), ISSUER.sign("ES256", header("ES256", "unknown", TYPE), claims)));
        refused(beat(facts(now), ISSUER.sign("ES256", header("ES256", "ec", "at+jwt"), claims)));
        refused(beat(facts(now), ISSUER.sign("ES256", header("RS256", "ec", TYPE), claims)));
        refused(beat(
                facts(now),
                ISSUER.sign("ES256", header("ES256", "ec", TYPE), claims("https://other.example", facts(now)))));
        refused(beat(facts(now), ""));
        refused(beat(facts(now), signed.substring(0, signed.lastIndexOf('.') + 1)));
        refused(beat(facts(now), "a.b.c"));
    }

    @Test
    void refusesWhatWasSignedLongBefore() {
        Instant before = now.minus(Duration.ofMinutes(2));
        String signed = ISSUER.sign("ES256", header("ES256", "ec", TYPE), claims(ISSUER.name(), facts(before)));

        refused(beat(facts(before), signed));
    }

    private void refused(JsonFields beat) {
        assertThatThrownBy(() -> keys.require(beat))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("heartbeat: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"AA\"}]}"})
    void refusesASetWithoutKeys(String jwks) {
        assertThatThrownBy(() -> HeartbeatKeys.of("https://auth.example", jwks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("keys: no");
    }
}
