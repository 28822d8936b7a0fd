package io.revoker.http.tokens;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

@OnEveryRedis
class RegistrationTest {
    private final Api api;
    private final String realm = Api.fresh("realm");
    private final String token = Api.fresh("token");
    private final long now = Instant.now().getEpochSecond();

    RegistrationTest(Server redis) {
        api = new Api(RunningService.shared(redis));
    }

    @Test
    void answersWithEveryFieldButTheTokens() {
        Reply reply = api.register(grant("\"refresh_token\":\"r" + token + "\",\"expires_in\":600,"
                + "\"refresh_expires_in\":7200,\"client_id\":\"app\",\"scope\":\"read write\",\"issued_at\":" + now));

        assertThat(reply)
                .hasToString("201 {\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"expires_in\":600,"
                        + "\"refresh_expires_in\":7200,\"client_id\":\"app\",\"scope\":\"read write\",\"issued_at\":"
                        + now + "}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void fillsInTheUsualLifetimesAndTheTime() {
        JsonNode answer =
                api.register(grant("\"refresh_token\":\"r" + token + "\"")).json();

        assertThat(answer.required("expires_in").longValue()).isEqualTo(1200);
        assertThat(answer.required("refresh_expires_in").longValue()).isEqualTo(86_400);
        assertThat(answer.required("issued_at").longValue()).isBetween(now, now + 60);
    }

    @Test
    void takesNullForAFieldThatIsMissing() {
        Reply reply = api.register(grant("\"refresh_token\":null,\"mint\":null,\"expires_in\":null,\"scope\":null"));

        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void mayBeRepeated() {
        String body = grant("\"scope\":\"read\"");

        assertThat(api.register(body).status()).isEqualTo(201);
        assertThat(api.register(body).status()).isEqualTo(200);
        assertThat(api.check(token)).isEqualTo(200);
    }

    /** What has expired is forgotten, also if it was one of a pair. */
    @Test
    void registersTheExpiredHalfOfAPairAnew() {
        String refresh = Api.fresh("refresh");
        String late = Api.fresh("late");
        String early = "{\"realm_name\":\"" + realm + "\",\"username\":\"ann\",\"access_token\":\"" + late
                + "\",\"refresh_token\":\"" + refresh + "\",\"expires_in\":100,\"refresh_expires_in\":";
        String pair = "\"refresh_token\":\"r" + token + "\",\"expires_in\":";
        api.register(grant(pair + "1"));
        api.register(early + "1}");
        until("expired", () -> api.check(token) == 401 && !api.isActive(refresh));

        assertThat(api.register(grant(pair + "60")).toString())
                .startsWith("201")
                .contains("\"expires_in\":60,\"refresh_expires_in\":863");
        assertThat(api.register(early + "50}").toString()).startsWith("201").contains("\"refresh_expires_in\":50");

        assertThat(api.check(token)).isEqualTo(200);
        assertThat(api.isActive(refresh)).isTrue();
        assertThat(api.register(grant(pair + "60")).status()).isEqualTo(200);
        assertThat(api.register(early + "50}").status()).isEqualTo(200);
        assertThat(api.invalidateUserInRealm(realm, "ann")).isEqualTo("200 2,0,0");
        assertThat(api.register(early + "50}").status()).isEqualTo(409);
    }

    @Test
    void doesNotChangeWhatIsRegistered() {
        api.register(grant("\"scope\":\"read\""));
        Reply reply = api.register(grant("\"scope\":\"write\""));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().required("detail").textValue())
                .isEqualTo("token: registered already, with another scope");
    }

    @Test
    void doesNotReviveAnInvalidatedToken() {
        String body = grant("\"scope\":\"read\"");
        api.register(body);
        api.invalidateAccess(token);

        assertThat(api.register(body).status()).isEqualTo(409);
        assertThat(api.check(token)).isEqualTo(401);
    }

    @Test
    void doesNotReviveATokenOfAnInvalidatedUser() {
        String body = grant("\"scope\":\"read\"");
        api.register(body);
        api.invalidateUserInRealm(realm, "joe");

        assertThat(api.register(body).status()).isEqualTo(409);
        assertThat(api.check(token)).isEqualTo(401);
    }

    @Test
    void letsAPairOutliveItsAccessToken() {
        api.register(grant("\"refresh_token\":\"r" + token + "\",\"expires_in\":1"));

        assertThat(api.invalidateRefresh("r" + token)).isEqualTo("200 1,0,0");
    }

    /** As an authorization server does that lets a refresh token be used more than once. */
    @Test
    void takesANewAccessTokenBesideARefreshTokenThatStays() {
        api.register(grant("\"refresh_token\":\"r" + token + "\",\"refresh_expires_in\":7200"));
        String rotated = "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"access_token\":\"n" + token
                + "\",\"refresh_token\":\"r" + token + "\",\"scope\":\"read\",\"refresh_expires_in\":9000}";

        Reply reply = api.register(rotated);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().required("refresh_expires_in").longValue()).isBetween(7100L, 7200L);
        assertThat(api.register(rotated).status()).isEqualTo(200);
        assertThat(api.check("n" + token)).isEqualTo(200);
        assertThat(api.check(token)).isEqualTo(200);
        assertThat(api.invalidateUserInRealm(realm, "joe")).isEqualTo("200 3,0,0");
        assertThat(api.register(rotated).status()).isEqualTo(409);
    }

    /** As a client does that does not wait for the first answer. */
    @Test
    void takesANewAccessTokenThatComesSeveralTimesAtOnce() {
        String refresh = "\"refresh_token\":\"r" + token + "\"";
        api.register(grant(refresh));
        for (int i = 0; i < 40; i++) {
            String rotated = "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"access_token\":\"" + i + token
                    + "\"," + refresh + "}";

            assertThat(IntStream.range(0, 8)
                            .parallel()
                            .map(caller -> api.register(rotated).status())
                            .boxed()
                            .toList())
                    .as("round %d", i)
                    .containsOnlyOnce(201)
                    .containsOnly(200, 201);
        }
    }

    @Test
    void registersARefreshTokenAlone() {
        Reply reply = api.register(
                "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"refresh_token\":\"" + token + "\"}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().has("expires_in")).isFalse();
        assertThat(api.invalidateRefresh(token)).isEqualTo("200 1,0,0");
    }

    @Test
    void mintsTokensThatNobodyGuesses() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Api.Pair pair = api.pair(realm, "joe");
            assertThat(pair.access()).matches("rva_[A-Za-z0-9_-]{43}[A-Za-z0-9]{6}");
            assertThat(pair.refresh()).matches("rvr_[A-Za-z0-9_-]{43}[A-Za-z0-9]{6}");
            seen.add(pair.access().substring(4));
            seen.add(pair.refresh().substring(4));
        }

        assertThat(seen).hasSize(40);
    }

    /** So that a scanner knows one of ours without asking: the CRC-32 of the 43 characters, in base 62. */
    @Test
    void mintsTokensThatCarryTheirChecksum() {
        String token = api.pair(realm, "joe").access();
        CRC32 sum = new CRC32();
        sum.update(token.substring(4, 47).getBytes(StandardCharsets.US_ASCII));

        assertThat(token.substring(47)
                        .chars()
                        .mapToLong(RegistrationTest::digit)
                        .reduce(0, (n, d) -> n * 62 + d))
                .isEqualTo(sum.getValue());
    }

    private static long digit(int character) {
        return Character.isDigit(character)
                ? character - '0'
                : Character.isUpperCase(character) ? character - 'A' + 10 : character - 'a' + 36;
    }

    @Test
    void mintsOneBesideOneThatIsGiven() {
        JsonNode answer = api.register(grant("\"mint\":[\"refresh_token\"]")).json();

        assertThat(answer.has("access_token")).isFalse();
        assertThat(answer.required("refresh_token").textValue()).startsWith("rvr_");
    }

    @Test
    void mintsBehindThePrefixesThatAreSet() {
        try (RunningService own = RunningService.start("--tokens.access-prefix=", "--tokens.refresh-prefix=acme-")) {
            Api.Pair pair = new Api(own).pair(realm, "joe");

            assertThat(pair.access()).hasSize(49);
            assertThat(pair.refresh()).startsWith("acme-").hasSize(54);
        }
    }

    private String grant(String more) {
        return "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"access_token\":\"" + token + "\"," + more
                + "}";
    }
}
