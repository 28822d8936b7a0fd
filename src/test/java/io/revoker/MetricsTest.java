package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.LogCapture;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.wiring.logging.LogLevel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final RunningService service = RunningService.start();
    private final Api api = new Api(service);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void measureNothingIfThatIsConfigured() {
        try (RunningService unmeasured = RunningService.start("--management.metrics=false")) {
            Api calls = new Api(unmeasured);
            Api.Pair pair = calls.pair("corp", "joe");

            assertThat(calls.check(pair.access())).isEqualTo(200);
            assertThat(calls.invalidateUser("joe")).isEqualTo("200 2,0,0");
            assertThat(Call.of("GET", unmeasured.managementUri("/metrics"))
                            .send()
                            .status())
                    .isEqualTo(404);
            assertThat(Call.of("GET", unmeasured.managementUri("/health/ready"))
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void countsWhatIsChecked() {
        String live = api.access("corp", "joe");
        String dead = api.access("corp", "eve");
        api.invalidateUser("eve");

        api.check(live);
        api.check(live);
        api.check(dead);
        api.check("no-such-token");

        assertThat(samples("revoker_checks_total"))
                .containsEntry("{verdict=\"active\"}", 2.0)
                .containsEntry("{verdict=\"invalidated\"}", 1.0)
                .containsEntry("{verdict=\"unknown\"}", 1.0)
                .containsEntry("{verdict=\"failed\"}", 0.0);
    }

    @Test
    void countsWhatIsRevokedAndHowManyTokensDiedOfIt() {
        Api.Pair pair = api.pair("corp", "joe");
        api.invalidateAccess(pair.access());
        api.invalidateAccess("no-such-token");
        api.invalidateRealm("corp");
        api.invalidateUser("joe");
        api.invalidateUserInRealm("corp", "joe");

        assertThat(scrape().counted("revoker_revocations_total"))
                .isEqualTo(Map.of(
                        "{outcome=\"counted\",target=\"access_token\"}", 1.0,
                        "{outcome=\"not_found\",target=\"access_token\"}", 1.0,
                        "{outcome=\"counted\",target=\"realm\"}", 1.0,
                        "{outcome=\"counted\",target=\"user\"}", 1.0,
                        "{outcome=\"counted\",target=\"user_in_realm\"}", 1.0));
        assertThat(samples("revoker_confirmations_total"))
                .isEqualTo(Map.of("{fsync=\"everysec\",replicas=\"0\"}", 4.0));
        assertThat(samples("revoker_tokens_total"))
                .isEqualTo(Map.of("{outcome=\"invalidated\"}", 2.0, "{outcome=\"previously_invalidated\"}", 1.0));
        assertThat(scrape().counted("revoker_sweep_seconds_count")).isEqualTo(Map.of("{outcome=\"ended\"}", 3.0));
        assertThat(samples("revoker_sweep_errors_total")).isEqualTo(Map.of("", 0.0));
        assertThat(samples("revoker_sweeps_running")).isEqualTo(Map.of("", 0.0));
        assertThat(samples("revoker_sweep_batches_in_flight")).isEqualTo(Map.of("", 0.0));
    }

    /** A revocation that is in force needs no alert. */
    @Test
    void tellsARevocationThatIsInForceButNotCountedFromOneThatFailed() {
        try (LogCapture log = LogCapture.open(Level.WARN);
                RunningService slow =
                        RunningService.start("--sweep.patience=1s", "--sweep.rate-limit=1", "--sweep.batch-size=1")) {
            Api asked = new Api(slow);
            IntStream.range(0, 20).forEach(i -> asked.access("corp", "user-" + i));

            Reply reply = slow.call("DELETE", "/_security/oauth2/token")
                    .json("{\"realm_name\":\"corp\"}")
                    .send();
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body())
                    .contains("\"reason\":\"the tokens are dead, ", "still running after", "see /v1/sweeps/");
            assertThat(reply.lines("Retry-After")).as("no need to repeat it").isEmpty();

            assertThat(Scrape.of(slow).counted("revoker_revocations_total"))
                    .isEqualTo(Map.of("{outcome=\"uncounted\",target=\"realm\"}", 1.0));
            assertThat(log.lines())
                    .anyMatch(
                            line -> line.contains(
                                    "InvalidateRoute revocation caller=anonymous target=realm outcome=uncounted failure=the tokens are dead"));
        }
    }

    @Test
    void namesRoutesAndNeverPathsUsersOrTokens() {
        Api.Pair pair = api.pair("realm-of-a-metric", "user-of-a-metric");
        api.check(pair.access());
        service.call("GET", "/v1/check/" + pair.refresh()).bearer(pair.access()).send();
        service.call("GET", "/nowhere/" + pair.access()).send();
        service.call("GET", "/v1/sweeps/123").send();
        api.invalidateUserInRealm("realm-of-a-metric", "user-of-a-metric");

        assertThat(scrape().counted("revoker_http_requests_seconds_count").keySet())
                .containsExactlyInAnyOrder(
                        "{route=\"/v1/tokens\",status=\"201\"}",
                        "{route=\"/v1/check/*\",status=\"200\"}",
                        "{route=\"none\",status=\"404\"}",
                        "{route=\"/v1/sweeps/:sweep\",status=\"404\"}",
                        "{route=\"/_security/oauth2/token\",status=\"200\"}");
        assertThat(scrape().page())
                .doesNotContain(pair.access(), pair.refresh(), "-of-a-metric")
                .contains("revoker_http_requests_in_flight 0.0");
    }

    /** The first failure is seen to happen only if there was a zero before it. */
    @Test
    void knowsWhatCanFailBeforeItDoes() {
        for (String target : List.of("access_token", "refresh_token", "realm", "user", "user_in_realm")) {
            assertThat(samples("revoker_revocations_total"))
                    .containsEntry("{outcome=\"unavailable\",target=\"" + target + "\"}", 0.0);
        }
        assertThat(samples("revoker_registrations_total")).containsEntry("{outcome=\"unavailable\"}", 0.0);
        assertThat(samples("revoker_sweep_seconds_count")).containsEntry("{outcome=\"internal\"}", 0.0);
        assertThat(samples("revoker_sweep_batches_total")).containsEntry("{outcome=\"failed\"}", 0.0);
        assertThat(samples("revoker_confirmations_failed_total")).containsEntry("", 0.0);
        assertThat(samples("revoker_tokens_unlogged")).containsEntry("", 0.0);
        for (String route : List.of("/v1/check/*", "/v1/checks", "/oauth2/introspect", "/_security/oauth2/token")) {
            assertThat(samples("revoker_http_requests_seconds_count"))
                    .containsEntry("{route=\"" + route + "\",status=\"503\"}", 0.0);
        }
    }

    @Test
    void countsATokenThatDiedThoughItsRevocationWasNotConfirmed() {
        try (RunningService lonely =
                RunningService.start("--redis.durability.replicas=1", "--redis.durability.replica-timeout=50ms")) {
            Api asked = new Api(lonely);
            String token = asked.access("corp", "joe");

            assertThat(asked.invalidateAccess(token)).startsWith("503");

            assertThat(Scrape.of(lonely).counted("revoker_tokens_total"))
                    .isEqualTo(Map.of("{outcome=\"invalidated\"}", 1.0));
        }
    }

    @Test
    void countsTheCallersThatAreRefusedAndNamesThemToWhoeverLooksCloser() {
        try (RunningService guarded = RunningService.start(ClientFiles.option());
                LogCapture log = LogCapture.open(Level.DEBUG)) {
            LogLevel.set("debug");
            guarded.call("POST", "/v1/tokens").json("{}").send();

            assertThat(Scrape.of(guarded).samples("revoker_callers_refused_total"))
                    .isEqualTo(Map.of("{reason=\"unauthenticated\"}", 1.0, "{reason=\"unauthorized\"}", 0.0));

            guarded.call("POST", "/v1/checks")
                    .basic(ClientFiles.OPS, ClientFiles.SECRET)
                    .json("{\"tokens\":[\"t\"]}")
                    .send();
            guarded.call("GET", "/v1/check")
                    .header("Revoker-Authorization", "Basic " + Call.base64(ClientFiles.OPS + ":" + ClientFiles.SECRET))
                    .bearer("t")
                    .send();
            guarded.call("DELETE", "/_security/oauth2/token")
                    .basic(ClientFiles.GATEWAY, ClientFiles.SECRET)
                    .json("{\"username\":\"joe\"}")
                    .send();
            guarded.call("DELETE", "/_security/oauth2/token")
                    .basic(ClientFiles.CORP, ClientFiles.SECRET)
                    .json("{\"realm_name\":\"other\"}")
                    .send();

            String secretAsId = "hunter2";
            for (String id : List.of(ClientFiles.OPS, secretAsId)) {
                guarded.call("DELETE", "/_security/oauth2/token")
                        .basic(id, "wrong")
                        .json("{}")
                        .send();
                guarded.call("GET", "/v1/check")
                        .header("Revoker-Authorization", "Basic " + Call.base64(id + ":wrong"))
                        .bearer("t")
                        .send();
            }

            assertThat(Scrape.of(guarded).samples("revoker_callers_refused_total"))
                    .containsEntry("{reason=\"unauthorized\"}", 4.0);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("caller refused"))
                    .containsExactly(
                            "DEBUG io.revoker.http.Gate caller refused reason=unauthenticated credentials=missing",
                            refused(ClientFiles.OPS, "check"),
                            refused(ClientFiles.OPS, "check"),
                            refused(ClientFiles.GATEWAY, "invalidate"),
                            refused(ClientFiles.CORP, "invalidate"),
                            REJECTED + " client=" + ClientFiles.OPS,
                            REJECTED + " client=" + ClientFiles.OPS,
                            REJECTED + " client=unknown",
                            REJECTED + " client=unknown");
        } finally {
            LogLevel.set("info");
        }
    }

    private static final String REJECTED =
            "DEBUG io.revoker.http.Gate caller refused reason=unauthenticated credentials=rejected";

    private static String refused(String caller, String privilege) {
        return "DEBUG io.revoker.http.Gate caller refused reason=unauthorized caller=" + caller + " privilege="
                + privilege;
    }

    @NeedsTools
    @Test
    void satisfiesTheLinterOfPrometheus() throws IOException, InterruptedException {
        api.check(api.access("corp", "joe"));
        api.invalidateRealm("corp");

        Process linter = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = linter.getOutputStream()) {
            in.write(scrape().page().getBytes(StandardCharsets.UTF_8));
        }

        assertThat(new String(linter.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(linter.waitFor()).isZero();
    }

    @Test
    void tellsWhatBecomesOfTheConnectionsToRedis() {
        api.check("no-such-token");

        assertThat(samples("revoker_redis_connections")).containsEntry("", 11.0);
        assertThat(samples("revoker_redis_connections_wanted")).containsEntry("", 11.0);
        assertThat(samples("revoker_redis_batches_seconds_count"))
                .hasEntrySatisfying(
                        "{outcome=\"answered\"}", count -> assertThat(count).isPositive());
    }

    @Test
    void tellsHowFarTheLogIsReadAndWhatVertxAndTheJvmDo() {
        api.check("no-such-token");

        assertThat(scrape().value("revoker_view_lag_seconds")).isBetween(0.0, 30.0);
        assertThat(scrape().page())
                .contains("\nvertx_eventbus_", "\nvertx_pool_", "\njvm_memory_used_bytes", "\nprocess_");
    }

    private Scrape scrape() {
        return Scrape.of(service);
    }

    private Map<String, Double> samples(String name) {
        return scrape().samples(name);
    }
}
