package io.revoker.http.check;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.testing.Api;
import io.revoker.testing.Gate;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Whoever has read of the revocation of a single token, and asks for an answer that is not older, gets no "active":
 * also while Redis, or the way to it, keeps a step of the revocation waiting. What was not read can't be asked for.
 */
class SingleTokenStampTest {
    private static final String PATIENT = "--redis.call-timeout=10s";
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final String[] NEAR = {"--check.near-cache.enabled=true", "--check.near-cache.bound=1s"};

    /** For longer than instances doubt what Redis knows, after each new connection: five seconds. */
    private static final Duration LONG = Duration.ofSeconds(8);

    private final String name = Api.fresh("single");
    private final String prefix = "--redis.prefix=" + name;

    /** @param release lets the step through that is kept waiting */
    private static void assertRefused(
            List<RunningService> asked, String token, BooleanSupplier revoke, Runnable release) {
        Api first = new Api(asked.get(0));
        String before = first.newest();
        CompletableFuture<Boolean> revoked = CompletableFuture.supplyAsync(revoke::getAsBoolean);
        first.events(before, Duration.ofMillis(500))
                .forEach(event -> asked.forEach(one -> assertRefuses(one, token, event)));
        release.run();
        // Kept waiting for long, it may have been given up.
        until("revoked", () -> revoked.join() || revoke.getAsBoolean());
        List<JsonNode> events = first.events(before, Duration.ofSeconds(5));
        assertThat(events).isNotEmpty();
        events.forEach(event -> asked.forEach(one -> assertRefuses(one, token, event)));
    }

    private static void assertRefuses(RunningService service, String token, JsonNode event) {
        String stamp = event.required("stamp").textValue();
        assertThat(service.call("GET", "/v1/check")
                        .bearer(token)
                        .header("Revoker-Min-Stamp", stamp)
                        .send()
                        .status())
                .as("check of what was revoked at " + stamp)
                .isEqualTo(401);
        assertThat(service.call("POST", "/oauth2/introspect")
                        .form("token=" + token)
                        .header("Revoker-Min-Stamp", stamp)
                        .send()
                        .json()
                        .required("active")
                        .booleanValue())
                .isFalse();
    }

    private static void again(Runnable round) {
        long end = System.nanoTime() + LONG.toNanos();
        do {
            round.run();
        } while (System.nanoTime() - end < 0);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** The log is on another primary than the token: that one takes no writes for a while. */
    @Nested
    class InACluster {
        private RedisCluster cluster;
        private RunningService revoking;
        private RunningService plain;
        private RunningService near;
        private Api api;

        @BeforeEach
        void start() {
            cluster = RedisCluster.start(3, 0);
            revoking = RunningService.on(cluster.url(), prefix, PATIENT);
            plain = RunningService.on(cluster.url(), prefix);
            near = RunningService.on(
                    cluster.url(),
                    Stream.concat(Stream.of(NEAR), Stream.of(prefix)).toArray(String[]::new));
            api = new Api(revoking);
        }

        @AfterEach
        void close() {
            Stream.of(revoking, plain, near).forEach(RunningService::close);
            cluster.close();
        }

        @Test
        void ofATokenOrAPair() {
            again(this::ofBoth);
        }

        private void ofBoth() {
            String realm = cluster.realmElsewhere(api, name);
            String lone = api.access(realm, "joe");
            Api.Pair pair = api.pair(realm, "joe");
            RedisProcess primary = cluster.primaryOfRealm(name, realm);
            List<RunningService> asked = List.of(plain, near);
            until(
                    "known",
                    () -> asked.stream()
                            .map(Api::new)
                            .allMatch(one -> one.check(lone) == 200 && one.check(pair.access()) == 200));

            primary.pauseWrites(PAUSE);
            assertRefused(asked, lone, () -> api.invalidateAccess(lone).startsWith("200"), primary::unpauseWrites);
            primary.pauseWrites(PAUSE);
            assertRefused(asked, pair.access(), () -> revokeByOAuth(pair.refresh()), primary::unpauseWrites);
        }

        private boolean revokeByOAuth(String refresh) {
            return revoking.call("POST", "/oauth2/revoke")
                            .form("token=" + refresh)
                            .send()
                            .status()
                    == 200;
        }
    }

    /** Tombstones are kept waiting on their way to Redis. */
    @Nested
    class OfJwts {
        private final TrustedIssuer issuer = TrustedIssuer.demanding(VerifiedJwt.Demand.EITHER);
        private final Vertx vertx = Vertx.vertx();
        private final String url = RedisServers.embedded().url();
        private final Gate gate = Gate.open(vertx, url);
        private RunningService revoking;
        private RunningService plain;
        private Api api;

        @BeforeEach
        void start() {
            revoking = RunningService.trusting(issuer, gate.url(), prefix, PATIENT);
            plain = RunningService.trusting(issuer, url, prefix);
            api = new Api(revoking);
        }

        @AfterEach
        void close() {
            gate.open();
            revoking.close();
            plain.close();
            get(vertx.close());
        }

        @Test
        void whateverItIsNamedBy() {
            again(() -> {
                byItsText();
                byItsJti();
                thatIsRegistered();
            });
        }

        private void byItsText() {
            String token = issuer.token("joe");
            assertHeld(token, () -> api.invalidateAccess(token).startsWith("200"));
        }

        private void byItsJti() {
            String token = issuer.token("joe");
            String body = text(
                    "{\"target\":{\"realm_name\":\"%s\",\"jti\":\"%s\"}}", issuer.realm(), TrustedIssuer.jti(token));
            assertHeld(
                    token,
                    () -> revoking.call("POST", "/v1/revocations")
                                    .json(body)
                                    .send()
                                    .status()
                            == 200);
        }

        private void thatIsRegistered() {
            String token = issuer.token("joe");
            api.register(text(
                    "{\"realm_name\":\"%s\",\"username\":\"joe\",\"access_token\":\"%s\"}", issuer.realm(), token));
            assertHeld(token, () -> api.invalidateAccess(token).startsWith("200"));
        }

        private void assertHeld(String token, BooleanSupplier revoke) {
            assertThat(new Api(plain).check(token)).isEqualTo(200);
            gate.closeAt("\r\nset\r\n");
            assertRefused(List.of(plain), token, revoke, gate::open);
        }
    }
}
