package io.revoker.http.followers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.followers.FollowerStore;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Followers tell what they have applied. */
class FollowerRoutesTest {
    private final String prefix = Api.fresh("followers");
    private final RunningService service = RunningService.start("--redis.prefix=" + prefix);

    @AfterEach
    void stop() {
        service.close();
    }

    static List<Server> servers() {
        return RedisServers.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void areKnownOnEveryInstance(Server redis) {
        String same = "--redis.prefix=" + prefix;
        try (RunningService first = RunningService.on(redis.url(), same);
                RunningService second = RunningService.on(redis.url(), same)) {
            String stamp = revoke(first);

            Reply told = confirm(first, "gateway-1", "{\"confirmed\":\"" + stamp + "\",\"bound\":\"5s\"}");

            assertThat(told.status()).isEqualTo(200);
            assertThat(told.header("Cache-Control")).isEqualTo("no-store");
            assertThat(told.json().path("name").asText()).isEqualTo("gateway-1");
            assertThat(told.json().path("confirmed").asText()).isEqualTo(stamp);
            assertThat(Instant.parse(told.json().path("known_until").asText()))
                    .isAfter(Instant.now().plus(Duration.ofHours(23)));
            JsonNode list = list(second);
            assertThat(list.path("stamp").asText()).isEqualTo(stamp);
            JsonNode one = list.at("/followers/0");
            assertThat(one.path("name").asText()).isEqualTo("gateway-1");
            assertThat(one.path("caller").asText()).isEqualTo("anonymous");
            assertThat(one.path("state").asText()).isEqualTo("CLOSED");
            assertThat(one.path("confirmed").asText()).isEqualTo(stamp);
            assertThat(one.path("bound").asText()).isEqualTo("5000ms");
            assertThat(Instant.parse(one.path("heard").asText()))
                    .isBetween(
                            Instant.now().minusSeconds(60),
                            Instant.parse(list.path("time").asText()));
            assertThat(list.path("followers")).hasSize(1);
        }
    }

    @Test
    void areBehindUntilTheyHaveConfirmedTheNewest() {
        confirm(service, "one", stamp("1"));
        String stamp = revoke(service);
        assertThat(list(service).at("/followers/0/state").asText()).isEqualTo("UNKNOWN");

        confirm(service, "one", stamp("1"));
        assertThat(list(service).at("/followers/0/state").asText()).isEqualTo("PARTIAL");

        confirm(service, "one", stamp(stamp));
        assertThat(list(service).at("/followers/0/state").asText()).isEqualTo("CLOSED");
    }

    @Test
    void areListedForARevocationThatIsNamed() {
        String first = revoke(service);
        String second = revoke(service);
        confirm(service, "one", stamp(first));

        JsonNode list =
                service.call("GET", "/v1/followers?stamp=" + first).send().json();

        assertThat(list.path("stamp").asText()).isEqualTo(first);
        assertThat(list.at("/followers/0/state").asText()).isEqualTo("CLOSED");
        assertThat(list(service).path("stamp").asText()).isEqualTo(second);
        assertThat(list(service).at("/followers/0/state").asText()).isEqualTo("PARTIAL");
        Reply refused = service.call("GET", "/v1/followers?stamp=x").send();
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).isEqualTo("stamp: not a stamp (expected: 1 to 18 digits)");
    }

    @Test
    void neverGoBack() {
        String old = revoke(service);
        String newest = revoke(service);
        confirm(service, "one", stamp(newest));

        Reply told = confirm(service, "one", stamp(old));

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().path("confirmed").asText()).isEqualTo(newest);
    }

    @Test
    void cannotConfirmWhatIsToCome() {
        String newest = revoke(service);
        String next = Long.toString(Long.parseLong(newest) + 1);

        Reply refused = confirm(service, "one", stamp(next));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("confirmed: " + next + " (expected: at most the stamp of the newest revocation, " + newest
                        + ")");
        assertThat(list(service).path("followers")).isEmpty();
    }

    /** A follower of an empty log is given the id 1. */
    @Test
    void mayBeginBeforeAnythingIsRevoked() {
        assertThat(confirm(service, "one", stamp("1")).status()).isEqualTo(200);
        assertThat(confirm(service, "one", stamp("0")).status()).isEqualTo(200);
        assertThat(confirm(service, "one", stamp("2")).status()).isEqualTo(409);
        assertThat(confirm(service, "one", stamp("999999999999999999")).status())
                .isEqualTo(409);
        assertThat(list(service).at("/followers/0/state").asText()).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a%20b", "a%2Fb", "%C3%A4", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void haveNamesOfCertainCharacters(String name) {
        Reply refused = confirm(service, name, stamp("1"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("name: not that of a follower (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | confirmed: not a stamp (expected: a string of 1 to 18 digits)",
                "{'confirmed':'x'} | confirmed: not a stamp (expected: a string of 1 to 18 digits)",
                "{'confirmed':1} | confirmed: not a string with at least one character",
                "{'confirmed':'1','bound':'5'} | bound: not a time (expected: such as 500ms, 10s or 5m, up to 24 hours)",
                "{'confirmed':'1','bound':'99ms'} | bound: 99ms (expected: at least 100ms)",
                "{'confirmed':'1','stamp':'1'} | body: an unknown field (expected: bound, confirmed)",
                "[] | body: array (expected: a JSON object)"
            })
    void sayInACertainFormWhatTheyHaveApplied(String body, String detail) {
        Reply refused = confirm(service, "one", body.replace('\'', '"'));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).isEqualTo(detail);
    }

    @Test
    void areForgottenOnceTheyAreRemoved() {
        confirm(service, "one", stamp("1"));
        assertThat(remove("one").status()).isEqualTo(204);
        assertThat(remove("one").status()).isEqualTo(404);
        assertThat(remove("one?callr=x").status()).isEqualTo(400);
        assertThat(list(service).path("followers")).isEmpty();
    }

    /** What a script writes here, Redis would have after a day. */
    @Test
    void areForgottenWhenTheyHaveConfirmedNothingForLong() {
        long now = Instant.now().getEpochSecond() * 1_000_000;
        long longAgo = now - Duration.ofHours(25).toMillis() * 1000;
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            redis.call("HSET", key(), "old/anonymous", "1 5000 " + longAgo + ' ' + longAgo + " *");
            assertThat(list(service).path("followers")).isEmpty();

            confirm(service, "new", stamp("1"));

            assertThat(redis.call("HKEYS", key())).hasToString("[new/anonymous]");
            assertThat(Long.parseLong(redis.call("TTL", key()).toString())).isBetween(86_000L, 86_400L);
        }
    }

    /** Else it would be missing while it still decides by what it knows. */
    @Test
    void areNotForgottenBeforeTheirBoundHasPassed() {
        long longAgo = Instant.now().minusSeconds(30).getEpochSecond() * 1_000_000;
        try (RunningService shorter =
                        RunningService.start("--redis.prefix=" + prefix, "--feed.follower-retention=10s");
                RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            redis.call("HSET", key(), "held/anonymous", "1 3600000 " + longAgo + ' ' + longAgo + " *");
            redis.call("EXPIRE", key(), "3600");

            assertThat(confirm(shorter, "new", "{\"confirmed\":\"1\",\"bound\":\"10s\"}")
                            .status())
                    .isEqualTo(200);
            Reply refused = confirm(shorter, "other", "{\"confirmed\":\"1\",\"bound\":\"11s\"}");

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("detail").asText())
                    .isEqualTo("bound: 11000ms (expected: at most feed.follower-retention, 10000ms)");
            assertThat(list(shorter).path("followers"))
                    .extracting(one -> one.path("name").asText())
                    .containsExactly("held", "new");
            assertThat(Long.parseLong(redis.call("TTL", key()).toString())).isGreaterThan(60);
        }
    }

    @Test
    void areNotMoreThanACallerMayHave() {
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            long now = Instant.now().getEpochSecond() * 1_000_000;
            IntStream.range(0, FollowerStore.MOST_OF_CALLER - 1)
                    .forEach(i -> redis.call("HSET", key(), "f" + i + "/anonymous", "1 - " + now + ' ' + now + " *"));
            redis.call("HSET", key(), "f/another/anonymous", "1 - " + now + ' ' + now + " *");
        }
        assertThat(confirm(service, "last", stamp("1")).status()).isEqualTo(200);

        Reply refused = confirm(service, "more", stamp("1"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("followers: too many (expected: at most 1000 of a client, and 2000 of all)");
        assertThat(confirm(service, "f0", stamp("1")).status()).isEqualTo(200);
        remove("f0");
        assertThat(confirm(service, "more", stamp("1")).status()).isEqualTo(200);
    }

    private String key() {
        return prefix + ":{log}:followers";
    }

    private static String stamp(String stamp) {
        return "{\"confirmed\":\"" + stamp + "\"}";
    }

    private static String revoke(RunningService service) {
        return new Api(service)
                .invalidate("{\"username\":\"" + Api.fresh("joe") + "\"}")
                .header("Revoker-Stamp");
    }

    private static Reply confirm(RunningService service, String name, String body) {
        return service.call("PUT", "/v1/followers/" + name).json(body).send();
    }

    private Reply remove(String name) {
        return service.call("DELETE", "/v1/followers/" + name).send();
    }

    private static JsonNode list(RunningService service) {
        return service.call("GET", "/v1/followers").send().json();
    }
}
