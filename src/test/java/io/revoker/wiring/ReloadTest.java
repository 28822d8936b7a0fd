package io.revoker.wiring;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.revoker.caller.ClientSecret;
import io.revoker.caller.HashFormat;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.Certificate;
import io.revoker.testing.LogCapture;
import io.revoker.testing.MountedFiles;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.revoker.wiring.logging.LogLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A service takes over what changes in its files, as a kubelet changes them, and goes on with what it had if there is a fault. */
class ReloadTest {
    private static final String OLD = "old secret";
    private static final String NEW = "new secret";
    private static final String FAST = "reload: {interval: 20ms}\n";
    private static final String JOE = "{\"realm_name\":\"corp\",\"username\":\"joe\",\"mint\":[\"access_token\"]}";

    /** Of conf/clients.example.yaml. */
    private static final String SAMPLE = "sha256:bfe59d671a77d3345fafaf1b79bee61b3a8c71cb7f202ff31115b12eb1400909";

    @TempDir
    private Path directory;

    private final LogCapture log = LogCapture.open(Level.DEBUG);

    @AfterEach
    void close() {
        log.close();
        LogLevel.set("info");
    }

    @Test
    void locksOutAClientThatIsTakenFromTheFileAndLetsInANewOne() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("clients.yaml", client("old", OLD));
        try (RunningService service = reading("--clients.file=" + file)) {
            assertThat(register(service, "old", OLD)).isEqualTo(201);
            assertThat(register(service, "new", NEW)).isEqualTo(401);

            mounted.put("clients.yaml", client("new", NEW));
            until("it is taken over", () -> reloads(service, "taken_over") == 1);

            assertThat(register(service, "old", OLD)).isEqualTo(401);
            assertThat(register(service, "new", NEW)).isEqualTo(201);
            assertThat(log.lines()).contains("INFO io.revoker.wiring.Reload reload took over: the clients of " + file);
            assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN io.revoker.wiring.Reload"));
        }
    }

    @Test
    void warnsOfASecretThatEverybodyCanReadInTheManual() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("clients.yaml", client("old", OLD));
        try (RunningService service = reading("--clients.file=" + file)) {
            mounted.put("clients.yaml", entry("ops", SAMPLE));
            until("it is taken over", () -> reloads(service, "taken_over") == 1);

            assertThat(log.lines())
                    .contains(
                            "WARN io.revoker.wiring.Reload clients.file: client ops has a secret that is published in the"
                                    + " manual (expected: a secret of its own, see hash-secret)");
        }
    }

    @Test
    void forgetsTheCredentialsThatItRemembered() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("clients.yaml", slowClient("joe", OLD));
        try (RunningService service = reading("--clients.file=" + file, "--clients.cache-time=1h")) {
            assertThat(register(service, "joe", OLD)).isEqualTo(201);

            mounted.put("clients.yaml", slowClient("joe", NEW));
            until("it is taken over", () -> reloads(service, "taken_over") == 1);

            assertThat(register(service, "joe", OLD)).isEqualTo(401);
            assertThat(register(service, "joe", NEW)).isEqualTo(201);
        }
    }

    @Test
    void takesOverTheClientsOfAnApplicationThatMadeItsOwnConfiguration() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("clients.yaml", client("old", OLD));
        try (RunningService service =
                RunningService.start("--reload.interval=20ms", "--http.max-in-flight=100", "--clients.file=" + file)) {
            mounted.put("clients.yaml", client("new", NEW));

            until("the new one is let in", () -> register(service, "new", NEW) == 201);
            assertThat(register(service, "old", OLD)).isEqualTo(401);
        }
    }

    @Test
    void keepsTheClientsThatItHasIfTheNewFileHasFaults() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("clients.yaml", client("old", OLD));
        try (RunningService service = reading("--clients.file=" + file)) {
            mounted.put("clients.yaml", client("new", NEW) + "  - id: a\n    secret: \"sha256:0\"\n");
            until("it is refused", () -> reloads(service, "refused") == 1);

            assertThat(register(service, "old", OLD)).isEqualTo(201);
            assertThat(register(service, "new", NEW)).isEqualTo(401);
            assertThat(sample(service, "revoker_reload_complete ")).isZero();
            assertThat(log.lines())
                    .contains("ERROR io.revoker.wiring.Reload reload refused: clients.file: " + file
                            + ": clients[1].secret: malformed sha256 (expected: 64 hex digits)")
                    .filteredOn(line -> line.contains("reload refused"))
                    .hasSize(2);

            mounted.put("clients.yaml", client("old", OLD));
            until("all is well again", () -> reloads(service, "taken_over") == 1);
            assertThat(sample(service, "revoker_reload_complete ")).isEqualTo(1);
        }
    }

    @Test
    void takesOverTheRealmsWhoseJwtsAreVerified() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("realms.yaml", realm("1h"));
        try (RunningService service = reading("--realms.file=" + file)) {
            mounted.put("realms.yaml", realm("24h"));
            until("it is refused", () -> reloads(service, "refused") == 1);
            mounted.put("realms.yaml", realm("2h"));
            until("it is taken over", () -> reloads(service, "taken_over") == 1);

            assertThat(log.lines())
                    .contains(
                            "ERROR io.revoker.wiring.Reload reload refused: realms.file: " + file
                                    + ": realms.corp.max-lifetime:"
                                    + " 1d (expected: with twice clock-skew, 10s, at most log.retention, 1d)",
                            "INFO io.revoker.wiring.Reload reload took over: the realms of " + file);
        }
    }

    private static String realm(String lifetime) {
        return "realms: {corp: {issuer: i, jwks: 'https://192.0.2.1/', max-lifetime: " + lifetime + "}}\n";
    }

    @Test
    void looksAgainWhetherWhatIsNotWatchedHasBeenMended() throws IOException {
        MountedFiles mounted = MountedFiles.in(directory.resolve("settings"));
        Path file = mounted.put("revoker.yaml", FAST);
        Path certificate = directory.resolve("ca.pem");
        try (RunningService service = RunningService.reading("--config=" + file)) {
            mounted.put("revoker.yaml", FAST + "check: {max-age: 7s}\nredis: {tls: {ca: \"" + certificate + "\"}}\n");
            until("it is refused", () -> reloads(service, "refused") == 1);
            assertThat(sample(service, "revoker_reload_complete ")).isZero();

            Files.copy(Certificate.make(directory).certificate(), certificate);
            until("what needs no restart is taken over", () -> reloads(service, "partly") == 1);
            assertThat(cacheControl(service, new Api(service).access("corp", "joe")))
                    .isEqualTo("private, max-age=7");
            mounted.put("revoker.yaml", FAST + "check: {max-age: 7s}\n");
            until("all is in force", () -> sample(service, "revoker_reload_complete ") == 1);
            mounted.put("revoker.yaml", FAST + "check: {max-age: never}\n");
            until("it is refused", () -> reloads(service, "refused") == 2);
            mounted.put("revoker.yaml", FAST + "check: {max-age: 7s}\n");
            until("all is in force once more", () -> sample(service, "revoker_reload_complete ") == 1);

            assertThat(reloads(service, "refused")).isEqualTo(2);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("ERROR io.revoker.wiring.Reload"))
                    .hasSize(2);
        }
    }

    @Test
    void takesOverLimitsAndTheLevelOfTheLog() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("revoker.yaml", FAST);
        try (RunningService service = RunningService.reading("--config=" + file)) {
            Api api = new Api(service);
            String token = api.access("corp", "joe");
            assertThat(cacheControl(service, token)).isEqualTo("no-store");
            assertThat(checkTwo(service, token)).isEqualTo(200);

            mounted.put("revoker.yaml", FAST + "check: {max-age: 7s, max-batch: 1}\nlogging: {level: debug}\n");
            until("it is taken over", () -> reloads(service, "taken_over") == 1);

            assertThat(cacheControl(service, token)).isEqualTo("private, max-age=7");
            assertThat(checkTwo(service, token)).isEqualTo(400);
            assertThat(((Logger) LoggerFactory.getLogger("io.revoker")).getLevel())
                    .isEqualTo(Level.DEBUG);
            assertThat(log.lines())
                    .contains(
                            "INFO io.revoker.wiring.Reload reload took over: check.max-age: 0s -> 7s",
                            "INFO io.revoker.wiring.Reload reload took over: check.max-batch: 1000 -> 1",
                            "INFO io.revoker.wiring.Reload reload took over: logging.level: INFO -> DEBUG",
                            "INFO io.revoker.wiring.Reload reload: all that is in the files is in force");
        }
    }

    /** Over HTTP/2, which both ends have to agree upon in each handshake. */
    @Test
    void showsARenewedCertificateToWhoeverConnectsFromThenOn() throws IOException {
        Certificate first = Certificate.make(directory.resolve("first"));
        Certificate second = Certificate.make(directory.resolve("second"));
        MountedFiles mounted = MountedFiles.in(directory.resolve("tls"));
        mounted.put(pair(first, first));
        try (RunningService service = reading(
                "--http.tls.enabled=true",
                "--http.tls.certificate=" + directory.resolve("tls/tls.crt"),
                "--http.tls.key=" + directory.resolve("tls/tls.key"))) {
            HttpClient connected = trusting(first);
            assertThat(answer(connected, service)).isEqualTo("HTTP_2 401");
            assertThat(answer(trusting(second), service)).isEqualTo("refused");

            mounted.put(pair(second, second));
            until("it is shown", () -> answer(trusting(second), service).equals("HTTP_2 401"));
            assertThat(answer(trusting(first), service)).isEqualTo("refused");
            assertThat(answer(connected, service)).as("on its connection").isEqualTo("HTTP_2 401");
            assertThat(sample(service, "revoker_tls_certificate_expiry_timestamp_seconds "))
                    .isEqualTo((double) second.end().getEpochSecond());

            mounted.put(pair(first, second));
            until("another's key is refused", () -> reloads(service, "refused") == 1);
            mounted.put(Map.of(
                    "tls.crt",
                    Files.readString(first.certificate()),
                    "tls.key",
                    "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n"));
            until("what is no key is refused", () -> reloads(service, "refused") == 2);
            assertThat(answer(trusting(second), service)).isEqualTo("HTTP_2 401");
        }
    }

    private static Map<String, String> pair(Certificate certificate, Certificate key) throws IOException {
        return Map.of("tls.crt", Files.readString(certificate.certificate()), "tls.key", Files.readString(key.key()));
    }

    private static HttpClient trusting(Certificate certificate) {
        return HttpClient.newBuilder().sslContext(certificate.trust()).build();
    }

    /** Version and status of a check. */
    private static String answer(HttpClient client, RunningService service) {
        URI check = URI.create("https://localhost:" + service.port() + "/v1/check");
        try {
            var answer = client.send(HttpRequest.newBuilder(check).build(), BodyHandlers.discarding());
            return answer.version() + " " + answer.statusCode();
        } catch (SSLHandshakeException refused) {
            return "refused";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void takesOverHowManyRequestsMayBeInFlight() throws Exception {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("revoker.yaml", FAST);
        try (RunningService service = RunningService.reading("--config=" + file)) {
            mounted.put("revoker.yaml", FAST + "http: {max-in-flight: 1}\n");
            until("it is taken over", () -> reloads(service, "taken_over") == 1);
            assertThat(new Api(service).register(JOE).status()).isEqualTo(201);
            until("that one has left", () -> service.inFlight() == 0);

            try (RawConnection slow = service.connect()) {
                slow.send(
                        "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
                until("it is in flight", () -> service.inFlight() == 1);

                assertThat(new Api(service).register(JOE).status()).isEqualTo(503);
            }
        }
    }

    @Test
    void letsASweepThatRunsGoFaster() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("revoker.yaml", FAST + "sweep: {rate-limit: 1, batch-size: 10}\n");
        try (RunningService service = RunningService.reading("--config=" + file)) {
            Api api = new Api(service);
            IntStream.range(0, 300).forEach(i -> api.access("corp", "user-" + i));
            String sweep = api.beginSweep("{\"realm_name\":\"corp\"}");

            mounted.put("revoker.yaml", FAST);

            until("it has ended", () -> api.sweep(sweep).path("state").asText().equals("ended"));
            assertThat(api.sweep(sweep).at("/invalidated_tokens").asInt()).isEqualTo(300);
        }
    }

    @Test
    void namesWhatNeedsARestartAndTakesOverTheRest() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("revoker.yaml", FAST);
        try (RunningService service = RunningService.reading("--config=" + file)) {
            mounted.put("revoker.yaml", FAST + "log: {retention: 48h}\ncheck: {max-age: 7s}\n");
            until("it is partly taken over", () -> reloads(service, "partly") == 1);

            assertThat(cacheControl(service, new Api(service).access("corp", "joe")))
                    .isEqualTo("private, max-age=7");
            assertThat(log.lines())
                    .contains(
                            "WARN io.revoker.wiring.Reload reload refused: log.retention: 2d (needs a restart; until then 1d)");
        }
    }

    @Test
    void refusesAFileWithFaultsAsAWholeAndTellsAllOfThem() {
        MountedFiles settings = MountedFiles.in(directory.resolve("settings"));
        MountedFiles secrets = MountedFiles.in(directory.resolve("clients"));
        Path file = settings.put("revoker.yaml", FAST);
        Path clients = secrets.put("clients.yaml", client("old", OLD));
        try (RunningService service = RunningService.reading("--config=" + file, "--clients.file=" + clients)) {
            settings.put("revoker.yaml", FAST + "check: {max-age: 7s}\nsweep: {rate-limit: -1}\nno-such: 1\n");
            until("it is refused", () -> reloads(service, "refused") == 1);
            secrets.put("clients.yaml", client("new", NEW));
            until("both are refused", () -> reloads(service, "refused") == 2);

            assertThat(register(service, "old", OLD)).isEqualTo(201);
            assertThat(log.lines())
                    .contains(
                            "ERROR io.revoker.wiring.Reload reload refused: no-such: unknown (expected: a setting of"
                                    + " revoker.yaml; from " + file + ")",
                            "ERROR io.revoker.wiring.Reload reload refused: sweep.rate-limit: -1 (expected: 0 to 100000000;"
                                    + " from " + file + ")")
                    .noneMatch(line -> line.contains("took over"));

            settings.put("revoker.yaml", FAST);
            until("the clients are taken over", () -> reloads(service, "taken_over") == 1);
            assertThat(register(service, "new", NEW)).isEqualTo(201);
        }
    }

    @Test
    void looksAtNothingIfItShallNot() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("clients.yaml", client("old", OLD));
        try (RunningService service = RunningService.reading("--reload.interval=0s", "--clients.file=" + file);
                RunningService other = reading("--clients.file=" + file)) {
            mounted.put("clients.yaml", client("new", NEW));
            until("another one has taken it over", () -> reloads(other, "taken_over") == 1);

            assertThat(register(service, "old", OLD)).isEqualTo(201);
        }
    }

    private static RunningService reading(String... options) {
        return RunningService.reading(Stream.concat(Stream.of("--reload.interval=20ms"), Stream.of(options))
                .toArray(String[]::new));
    }

    private static int register(RunningService service, String id, String secret) {
        return service.call("POST", "/v1/tokens")
                .basic(id, secret)
                .json(JOE)
                .send()
                .status();
    }

    private static String cacheControl(RunningService service, String token) {
        return service.call("GET", "/v1/check").bearer(token).send().header("Cache-Control");
    }

    private static int checkTwo(RunningService service, String token) {
        return service.call("POST", "/v1/checks")
                .json("{\"tokens\":[\"" + token + "\",\"" + token + "\"]}")
                .send()
                .status();
    }

    private static double reloads(RunningService service, String outcome) {
        return sample(service, "revoker_reloads_total{outcome=\"" + outcome + "\"} ");
    }

    private static double sample(RunningService service, String name) {
        String page = Call.of("GET", service.managementUri("/metrics")).send().body();
        return page.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    private static String client(String id, String secret) {
        return entry(id, HashFormat.sha256(ClientSecret.of(secret).orElseThrow()));
    }

    private static String slowClient(String id, String secret) {
        return entry(id, HashFormat.pbkdf2(ClientSecret.of(secret).orElseThrow()));
    }

    private static String entry(String id, String line) {
        return "clients:\n  - id: " + id + "\n    secret: \"" + line + "\"\n    privileges: [register, check]\n";
    }
}
