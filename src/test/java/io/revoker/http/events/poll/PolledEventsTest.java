package io.revoker.http.events.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import io.revoker.testing.Waiting;
import io.revoker.wiring.ConfigChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that the service polls for at a transmitter (RFC 8936). */
class PolledEventsTest {
    private static final Issuer CORP = Issuer.named("https://login.example/corp");

    @TempDir
    private Path directory;

    @Test
    void takesEventsOverAndAcknowledgesThem() throws IOException {
        Path secret = Files.writeString(directory.resolve("token"), "secret-token\n");
        try (FakeTransmitter transmitter = FakeTransmitter.start();
                RunningService service = polling(transmitter.url(), "--ssf.source.token-file=" + secret)) {
            Api api = new Api(service);
            String access = api.access("corp", "joe");
            String event = CORP.event("RS256");
            transmitter.answer(503, "");
            transmitter.answer(200, "{\"sets\":{\"good\":\"" + event + "\",\"bad\":\"x\"},\"moreAvailable\":false}");

            Waiting.until("revoked", () -> api.check(access) == 401);
            Waiting.until(
                    "acknowledged",
                    () -> transmitter.polls().stream().anyMatch(poll -> poll.contains("\"ack\":[\"good\"]")));
            assertThat(transmitter.polls())
                    .anyMatch(poll -> poll.contains("\"setErrs\":{\"bad\":{\"err\":\"invalid_request\""));
            assertThat(transmitter.credentials()).containsOnly("Bearer secret-token");
            assertThat(service.call("GET", "/v1/audit?kind=revocation").send().body())
                    .contains(
                            "\"caller\":\"issuer of corp\"",
                            "\"via\":\"poll of security events\"",
                            "\"outcome\":\"begun\"");

            String since = api.access("corp", "joe");
            int before = transmitter.polls().size();
            transmitter.answer(200, "{\"sets\":{\"again\":\"" + event + "\"},\"moreAvailable\":false}");
            Waiting.until(
                    "acknowledged again",
                    () -> transmitter.polls().stream().skip(before).anyMatch(poll -> poll.contains("[\"again\"]")));
            assertThat(api.check(since)).isEqualTo(200);
        }
    }

    /** Two services: what one revokes in a realm, the other one revokes in the realm of that name. */
    @Test
    void followsAnotherService() throws IOException {
        String issuer = "https://one.example";
        try (RunningService one = RunningService.start(
                "--ssf.enabled=true",
                "--oauth.issuer=" + issuer,
                "--signing.file=" + SigningFile.in(directory),
                "--ssf.poll-timeout=2s")) {
            String stream = one.call("POST", "/ssf/stream")
                    .json("{}")
                    .send()
                    .json()
                    .required("stream_id")
                    .textValue();
            String realms = "realms:\n  corp: {issuer: '" + issuer + "', jwks: '" + one.uri("/.well-known/jwks.json")
                    + "', allow-private-addresses: true, events-audience: [anonymous]}\n";
            try (RunningService two = start(one.uri("/ssf/poll/" + stream).toString(), realms)) {
                Api api = new Api(two);
                String user = Api.fresh("joe");
                String access = api.access("corp", user);
                String ofAnother = api.access("corp", "jane");
                String issuedSince = access(api, "corp", "ann", Instant.now());
                String issuedBefore = access(api, "corp", "ann", Instant.now().minusSeconds(900));
                Api there = new Api(one);

                there.invalidateUserInRealm("partners", "jane");
                one.call("POST", "/v1/revocations")
                        .json("{\"target\":{\"realm_name\":\"corp\",\"username\":\"ann\"},\"issued_before\":\""
                                + Instant.now().minusSeconds(600) + "\"}")
                        .send();
                there.invalidateUserInRealm("corp", user);

                Waiting.until("revoked there, too", () -> api.check(access) == 401);
                Waiting.until("what was older", () -> api.check(issuedBefore) == 401);
                assertThat(List.of(api.check(ofAnother), api.check(issuedSince)))
                        .containsOnly(200);

                there.invalidateRealm("corp");

                Waiting.until("the whole realm", () -> api.check(ofAnother) == 401);
            }
        }
    }

    /** The keys of its issuer can't be fetched: what is not acknowledged comes again at once. */
    @Test
    void pausesWhileAnEventCanNotBeCarriedOut() throws IOException {
        String realms = "realms:\n  corp: {issuer: 'https://login.example/corp', jwks: 'http://127.0.0.1:1/jwks.json',"
                + " allow-private-addresses: true, events-audience: [revoker]}\n";
        try (FakeTransmitter transmitter = FakeTransmitter.start()) {
            transmitter.usually("{\"sets\":{\"stuck\":\"" + CORP.event("RS256") + "\"},\"moreAvailable\":false}");
            try (RunningService service = start(transmitter.url(), realms)) {
                Waiting.until("polls", () -> transmitter.times().size() >= 3);

                List<Long> times = transmitter.times();
                assertThat(Duration.ofNanos(times.get(2) - times.get(0))).isGreaterThan(Duration.ofSeconds(2));
                assertThat(new Api(service).check("unknown")).isEqualTo(401);
            }
        }
    }

    @Test
    void pollsByOneInstanceAtATime() throws IOException {
        try (FakeTransmitter transmitter = FakeTransmitter.start()) {
            transmitter.hang();
            String prefix = "--redis.prefix=" + Api.fresh("polls");
            try (RunningService service = polling(transmitter.url(), prefix)) {
                Waiting.until("polls", () -> transmitter.polls().size() == 1);
                try (RunningService other = polling(transmitter.url(), prefix)) {
                    for (RunningService each : List.of(service, other)) {
                        Api api = new Api(each);
                        assertThat(api.check(api.access("corp", "joe"))).isEqualTo(200);
                    }
                    assertThat(transmitter.polls()).hasSize(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://transmitter.example/", "https://127.0.0.1/", "https://localhost/poll", "nonsense"})
    void isNotStartedWithAUrlThatIsNotSafe(String url) {
        assertThat(new ConfigChecks().problems(List.of("--ssf.source.url=" + url), Map.of()))
                .singleElement()
                .asString()
                .startsWith("ssf.source.url: ");
    }

    private static String access(Api api, String realm, String user, Instant issuedAt) {
        return api.access(realm, user, "\"issued_at\":" + issuedAt.getEpochSecond());
    }

    private RunningService polling(String url, String... more) throws IOException {
        return start(url, "realms:\n" + CORP.realm(directory, "corp", "events-audience: [revoker]"), more);
    }

    private RunningService start(String url, String realms, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("realms.yaml"), realms);
        return RunningService.start(Stream.concat(
                        Stream.of(
                                "--ssf.source.url=" + url,
                                "--ssf.source.allow-private-addresses=true",
                                "--realms.file=" + file),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
