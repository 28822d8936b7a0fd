package io.revoker.revocation.unlogged;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A single token that is dead, and is missing in the log because its entry could not be written, is in the log as soon
 * as that can be written again, although nobody repeats its revocation.
 */
class UnloggedTokensTest {
    private static final int LIFE_SECONDS = 5;

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient redis = server.client();
    private final TrustedIssuer issuer = TrustedIssuer.demanding(VerifiedJwt.Demand.EITHER);
    private final RunningService service = RunningService.trusting(issuer, server.url(), "--audit.enabled=false");
    private final Api api = new Api(service);

    @AfterEach
    void close() {
        service.close();
        redis.close();
        server.close();
    }

    private void refuseEntries() {
        assertThat(redis.call("ACL", "SETUSER", "default", "-xadd")).isEqualTo("OK");
    }

    private void takeEntries() {
        assertThat(redis.call("ACL", "SETUSER", "default", "+xadd")).isEqualTo("OK");
    }

    @Test
    void aRegisteredTokenWithItsReason() {
        String token = api.access("corp", "joe");
        Feed feed = Feed.of(service);
        refuseEntries();

        assertThat(revoke("{\"token\":\"" + token + "\"}").status()).isGreaterThanOrEqualTo(500);
        assertThat(api.check(token)).isEqualTo(401);
        assertThat(feed.events()).isEmpty();

        takeEntries();
        feed.awaitEvents(1);
        assertThat(feed.events().get(0).toString()).contains("stolen");
        assertThat(revoke("{\"token\":\"" + token + "\"}").body()).contains("\"previously_invalidated_tokens\":1");
    }

    @Test
    void aPair() {
        Api.Pair pair = api.pair("corp", "joe");
        Feed feed = Feed.of(service);
        refuseEntries();

        assertThat(service.call("POST", "/oauth2/revoke")
                        .form("token=" + pair.refresh())
                        .send()
                        .status())
                .isGreaterThanOrEqualTo(500);
        assertThat(api.check(pair.access())).isEqualTo(401);

        takeEntries();
        feed.awaitEvents(1);
    }

    @Test
    void aPairOfWhichTheNamedTokenHasExpired() {
        String access = api.register(
                        "{\"realm_name\":\"corp\",\"username\":\"joe\",\"mint\":[\"access_token\",\"refresh_token\"],"
                                + "\"expires_in\":" + LIFE_SECONDS + "}")
                .json()
                .required("access_token")
                .textValue();
        Instant expired = Instant.now().plusSeconds(LIFE_SECONDS + 1);
        Feed feed = Feed.of(service);
        refuseEntries();

        assertThat(revoke("{\"token\":\"" + access + "\",\"grant\":true}").status())
                .isGreaterThanOrEqualTo(500);
        until("expired", () -> Instant.now().isAfter(expired));

        takeEntries();
        feed.awaitEvents(1);
    }

    @Test
    void aJwtRegisteredOrNot() {
        String registered = issuer.token("joe");
        api.register("{\"realm_name\":\"" + issuer.realm() + "\",\"username\":\"joe\",\"access_token\":\"" + registered
                + "\"}");
        String unregistered = issuer.token("joe");
        Feed feed = Feed.of(service);
        refuseEntries();

        assertThat(api.invalidateAccess(registered)).startsWith("50");
        assertThat(api.invalidateAccess(unregistered)).startsWith("50");
        assertThat(api.check(unregistered)).isEqualTo(401);

        takeEntries();
        feed.awaitEvents(2);
    }

    /** However often it is repeated meanwhile. */
    @Test
    void onceForEachToken() {
        String one = api.access("corp", "joe");
        String other = api.access("corp", "joe");
        Feed feed = Feed.of(service);
        refuseEntries();

        for (int i = 0; i < 5; i++) {
            assertThat(api.invalidateAccess(one)).startsWith("50");
        }
        assertThat(api.invalidateAccess(other)).startsWith("50");

        takeEntries();
        feed.awaitEvents(2);
    }

    private Reply revoke(String target) {
        return service.call("POST", "/v1/revocations")
                .json("{\"target\":" + target + ",\"reason\":{\"code\":\"policy\",\"text\":\"stolen\"}}")
                .send();
    }
}
