package io.revoker.revocation.unlogged;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * A single token that is dead, and is missing in the log because its entry could not be written, is in the log as soon
 * as that can be written again, although nobody repeats its revocation.
 */
class UnloggedTokensTest {
    private final String prefix = Api.fresh("unlogged");

    /** What followers learn. */
    private record Feed(RunningService service, String begin) {
        static Feed of(RunningService service) {
            return new Feed(
                    service,
                    service.call("GET", "/v1/revocations/snapshot")
                            .send()
                            .json()
                            .required("stamp")
                            .textValue());
        }

        List<JsonNode> events() {
            return StreamSupport.stream(
                            service.call("GET", "/v1/revocations/changes?since=" + begin + "&timeout=100ms")
                                    .send()
                                    .json()
                                    .required("events")
                                    .spliterator(),
                            false)
                    .toList();
        }

        void awaitEvents(int number) {
            until("in the log", () -> events().size() >= number);
            assertThat(events()).hasSize(number);
        }
    }

    private static Reply revoke(RunningService service, String target) {
        return service.call("POST", "/v1/revocations")
                .json("{\"target\":" + target + ",\"reason\":{\"code\":\"policy\",\"text\":\"stolen\"}}")
                .send();
    }

    private static String token(String token) {
        return "{\"token\":\"" + token + "\"}";
    }

    /** Whose log takes no entries for a while. */
    @Nested
    class OnOneServer {
        private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
        private final RedisClient redis = server.client();
        private final TrustedIssuer issuer = TrustedIssuer.demanding(VerifiedJwt.Demand.EITHER);
        private final RunningService service =
                RunningService.trusting(issuer, server.url(), "--redis.prefix=" + prefix, "--audit.enabled=false");
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

            assertThat(revoke(service, token(token)).status()).isGreaterThanOrEqualTo(500);
            assertThat(api.check(token)).isEqualTo(401);
            assertThat(feed.events()).isEmpty();

            takeEntries();
            feed.awaitEvents(1);
            assertThat(feed.events().get(0).toString()).contains("stolen");
            assertThat(revoke(service, token(token)).body()).contains("\"previously_invalidated_tokens\":1");
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
        void aJwtRegisteredOrNot() {
            String registered = issuer.token("joe");
            api.register("{\"realm_name\":\"" + issuer.realm() + "\",\"username\":\"joe\",\"access_token\":\""
                    + registered + "\"}");
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
    }

    /** Of which the primary with the token takes no writes until the revocation was given up. */
    @Nested
    class InACluster {
        private static final int ROUNDS = 20;

        private final RedisCluster cluster = RedisCluster.start(3, 0);
        private final RunningService service = RunningService.on(cluster.url(), "--redis.prefix=" + prefix);
        private final RunningService impatient =
                RunningService.on(cluster.url(), "--redis.prefix=" + prefix, "--redis.call-timeout=1s");
        private final Api api = new Api(service);

        @AfterEach
        void close() {
            impatient.close();
            service.close();
            cluster.close();
        }

        @Test
        void aTokenThatWasInvalidatedAfterTheAnswer() {
            String realm = elsewhere();
            RedisProcess primary = cluster.primaryOf(holder(realm));
            Feed feed = Feed.of(service);
            for (int i = 0; i < ROUNDS; i++) {
                String token = api.access(realm, "joe");
                String answer = giveUp(primary, token);
                if (answer.startsWith("503") && diesLate(token)) {
                    feed.awaitEvents(1);
                    return;
                }
            }
            fail("no revocation was given up after it was sent");
        }

        private String giveUp(RedisProcess primary, String token) {
            RedisCluster.call(primary, "CLIENT", "PAUSE", "20000", "WRITE");
            try {
                return new Api(impatient).invalidateAccess(token);
            } finally {
                RedisCluster.call(primary, "CLIENT", "UNPAUSE");
            }
        }

        /** What is given up may have never been sent, and is not carried out if its connection has been closed. */
        private boolean diesLate(String token) {
            for (int i = 0; i < 1000; i++) {
                if (api.check(token) == 401) {
                    return true;
                }
            }
            return false;
        }

        private String elsewhere() {
            String realm = Api.fresh("realm");
            api.access(realm, "joe");
            return cluster.primaryOf(holder(realm)).equals(cluster.primaryOf("{log}")) ? elsewhere() : realm;
        }

        private String holder(String realm) {
            try (RedisClient redis = RedisClient.of(cluster.url())) {
                return redis.keys(prefix + ":g:{" + realm).get(0);
            }
        }
    }
}
