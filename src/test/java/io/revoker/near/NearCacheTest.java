package io.revoker.near;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three instances, of which two answer from memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NearCacheTest {
    private static final String URL = RedisServers.embedded().url();

    private final String prefix = Api.fresh("near");
    private NearService one;
    private NearService other;
    private NearService without;

    @BeforeAll
    void start() {
        one = NearService.on(URL, prefix);
        other = NearService.on(URL, prefix);
        without = NearService.off(URL, prefix);
        other.remember(one.api().access("corp", "first"));
    }

    @AfterAll
    void close() {
        Stream.of(one, other, without).forEach(NearService::close);
    }

    @Test
    void asksRedisForNothingThatItRemembers() {
        String token = one.api().access("corp", "quiet");
        other.remember(token);
        double before = other.answers();

        for (int i = 0; i < 50; i++) {
            assertThat(other.api().check(token)).isEqualTo(200);
        }

        assertThat(other.answers() - before).isEqualTo(50);
    }

    @Test
    void answersABatchFromMemoryAndFromRedisInItsOrder() {
        String known = one.api().access("corp", "known");
        String unknown = one.api().access("corp", "unknown");
        other.remember(known);
        double before = other.answers();

        String checks = other.service()
                .call("POST", "/v1/checks")
                .json(text("{\"tokens\":[\"nothing\",\"%s\",\"%s\",\"%s\"]}", known, unknown, known))
                .send()
                .json()
                .path("checks")
                .findValuesAsText("username")
                .toString();

        assertThat(checks).isEqualTo("[known, unknown, known]");
        assertThat(other.answers() - before).isEqualTo(2);
    }

    @Test
    void remembersWhatOthersMayNotSee() {
        String token = one.api().pair("corp", "both").refresh();
        until("active", () -> other.api().isActive(token));
        double before = other.answers();

        until("introspected from memory", () -> other.api().isActive(token) && other.answers() > before);

        assertThat(other.api().check(token)).isEqualTo(401);
    }

    @Test
    void refusesWhatHasExpired() {
        String token = one.api()
                .register(
                        "{\"realm_name\":\"corp\",\"username\":\"short\",\"mint\":[\"access_token\"],\"expires_in\":4}")
                .json()
                .required("access_token")
                .textValue();
        other.remember(token);

        until("expired", () -> other.api().check(token) == 401);
    }

    /** A revoked token that has expired is another one when its text is registered again. */
    @Test
    void takesATokenThatIsRegisteredAgainForAnother() {
        String text = Api.fresh("text");
        String body =
                "{\"realm_name\":\"corp\",\"username\":\"again\",\"access_token\":\"" + text + "\",\"expires_in\":%d}";
        one.api().register(text(body, 3));
        other.remember(text);
        assertThat(one.api().invalidateAccess(text)).isEqualTo("200 1,0,0");
        assertThat(other.api().check(text)).isEqualTo(401);
        until(
                "expired and registered again",
                () -> one.api().register(text(body, 60)).status() == 201);

        assertThat(other.api().check(text)).isEqualTo(200);
        other.remember(text);
        assertThat(without.api().invalidateAccess(text)).isEqualTo("200 1,0,0");
        assertThat(other.api().check(text)).isEqualTo(401);
    }

    /** It can't tell what it has missed. */
    @Test
    void forgetsAllWhenTheLogIsTrimmedUnderIt() {
        String token = one.api().access("corp", "trimmed");
        other.remember(token);
        try (RedisClient redis = RedisClient.of(URL)) {
            redis.call("DEL", prefix + ":{log}:events");
        }
        String next = one.api().access("corp", "next");
        until("noticed", () -> without.api().invalidateAccess(next).startsWith("200 "));
        until("revoked", () -> without.api().invalidateAccess(token).startsWith("200 "));

        assertThat(other.api().check(token)).isEqualTo(401);
        other.remember(one.api().access("corp", "later"));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
