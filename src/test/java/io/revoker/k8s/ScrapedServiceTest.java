package io.revoker.k8s;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.gateways.EnvoyClient;
import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Alerts and dashboard, asked of a Prometheus that has scraped a service at work: each of their expressions has something to say. A metric or a
 * label that is misspelt, or that the service does not have any longer, has nothing.
 */
@NeedsTools
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScrapedServiceTest {
    private static final AlertRules RULES = AlertRules.deployed();

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private RedisProcess redis;
    private RunningService service;
    private EnvoyClient envoy;
    private Prometheus prometheus;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
        opened.push(redis::close);
        service = RunningService.on(
                redis.url(), "--realms.file=" + realms(directory), "--grpc.enabled=true", "--grpc.port=0");
        opened.push(service::close);
        envoy = EnvoyClient.inClearText(service.service().grpcPort().orElseThrow());
        opened.push(envoy::close);
        failSometimes();
        work();
        prometheus = Prometheus.start(directory, RULES, service.service().managementPort());
        opened.push(prometheus::close);
        prometheus.awaitScrapes();
        work();
        prometheus.awaitScrapes();
        until(
                "rules are evaluated",
                () -> RULES.all()
                        .filter(rule -> rule.has("record"))
                        .allMatch(rule -> hasValues(rule.path("record").asText())));
    }

    /** One whose keys are in a file. */
    private static Path realms(Path directory) throws IOException {
        Issuer issuer = Issuer.named("https://login.example");
        Path keys = Files.writeString(directory.resolve("keys.json"), issuer.jwks());
        return Files.writeString(
                directory.resolve("realms.yaml"),
                "realms: {corp: {issuer: '" + issuer.name() + "', jwks: '" + keys + "'}}");
    }

    @AfterAll
    void close() {
        opened.forEach(Runnable::run);
    }

    static Stream<String> shown() {
        return Dashboard.deployed().expressions();
    }

    static Stream<String> selectors() {
        return RULES.expressions().flatMap(rule -> Selectors.of(rule).stream()).distinct();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void hasEverythingThatTheDashboardShows(String expression) {
        assertThat(expression).doesNotContain("$");
        Reply answer = prometheus.ask(expression);

        assertThat(answer.json().path("status").asText()).as(answer.body()).isEqualTo("success");
        assertThat(hasValues(expression)).as(answer.body()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void hasEverySeriesThatTheRulesAskFor(String selector) {
        assertThat(prometheus.values(selector)).isNotEmpty();
    }

    @Test
    void evaluatesEveryRule() {
        assertThat(prometheus.rules())
                .hasSameSizeAs(RULES.all().toList())
                .allSatisfy(rule -> assertThat(rule.path("health").asText())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    /** How fast checks are says something of the machine that runs the tests, too. */
    @Test
    void aServiceAtWorkRaisesNoAlarmButForWhatItDidNotGet() {
        assertThat(prometheus.rules())
                .filteredOn(rule -> rule.path("state").asText().equals("firing"))
                .extracting(rule -> rule.path("name").asText())
                .isSubsetOf("RevokerCheckErrorsFast", "RevokerRevocationsFailing", "RevokerChecksSlow");
    }

    @ParameterizedTest
    @MethodSource("misspelt")
    void whatIsMisspeltIsFound(String expression) {
        assertThat(Selectors.of(expression))
                .anySatisfy(selector -> assertThat(prometheus.values(selector)).isEmpty());
    }

    static List<String> misspelt() {
        return List.of(
                "sum by (namespace) (revoker_redy{job=\"revoker\"}) == 0",
                "revoker_ready{job=\"revokr\"} == 0",
                "rate(revoker_revocations_total{outcome=~\"unavailable|overladen\"}[5m]) > 0",
                "revoker_redis_connections < revoker_redis_connections_expected",
                "up == 1 and on (pod) increase(revoker_sweep_batches_total{outcome=\"answerd\"}[10m]) == 0",
                "namespace:revoker_check_errors:ratio_rate2m > 14.4 * 0.001");
    }

    /** A number, at least one. */
    private boolean hasValues(String expression) {
        return prometheus.values(expression).stream().anyMatch(value -> !value.isNaN());
    }

    private void work() {
        Api api = new Api(service);
        for (int i = 0; i < 20; i++) {
            Api.Pair pair = api.pair("corp", "joe");
            api.check(pair.access());
            envoy.check(pair.access());
            introspect(pair.access());
            api.invalidateAccess(pair.access());
            checkAll(pair.refresh());
        }
        api.invalidateUser("joe");
        System.gc();
    }

    /** So that there are failures to be counted: Redis is away for a moment. */
    private void failSometimes() {
        Api api = new Api(service);
        redis.kill();
        until(
                "checks fail",
                () -> api.check("a") == 503
                        && envoy.check("a") == 503
                        && introspect("a") == 503
                        && checkAll("a") == 503);
        redis.start();
        until("ready", () -> service.readiness().status() == 200);
        until("checks work", () -> api.check("a") == 401 && introspect("a") == 200 && checkAll("a") == 200);
        String token = "{\"realm_name\":\"corp\",\"username\":\"joe\",\"mint\":[\"access_token\"]}";
        until("registrations work", () -> api.register(token).status() == 201);
    }

    private int introspect(String token) {
        return service.call("POST", "/oauth2/introspect")
                .form("token=" + token)
                .send()
                .status();
    }

    private int checkAll(String token) {
        return service.call("POST", "/v1/checks")
                .json("{\"tokens\":[\"" + token + "\"]}")
                .send()
                .status();
    }
}
