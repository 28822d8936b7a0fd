package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Certificate;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where events may be pushed to. */
class PushTargetsTest {
    private static String[] options;
    private static RunningService service;
    private static Transmitting to;
    private static Receiver receiver;

    @BeforeAll
    static void start(@TempDir Path directory) {
        options = Transmitting.options(directory, "--ssf.push.allow-private-addresses=true");
        service = RunningService.start(options);
        to = new Transmitting(service);
        receiver = to.receiver();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void removeStreams() {
        to.removeStreams();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://receiver.example/",
                "ftp://127.0.0.1/",
                "https://user@receiver.example/",
                "https://receiver.example/#x",
                "/events",
                "https:receiver",
                ""
            })
    void refusesAnEndpointThatIsNotSafe(String url) {
        assertThat(receiver.send(
                                "POST",
                                "/ssf/stream",
                                "{'delivery':{'method':'urn:ietf:rfc:8935','endpoint_url':'" + url + "'}}")
                        .status())
                .isEqualTo(400);
    }

    /** It would be stored as it is. */
    @Test
    void refusesASecretWithoutKeysToEncryptIt() {
        Reply reply = receiver.send(
                "POST",
                "/ssf/stream",
                "{'delivery':{'method':'urn:ietf:rfc:8935','endpoint_url':'https://receiver.example/',"
                        + "'authorization_header':'Bearer x'}}");
        assertThat(reply.status() + reply.json().path("detail").asText())
                .startsWith("400delivery.authorization_header: given (expected: none; without ssf.push.key-file");
    }

    /** The certificate must be trusted, and be the host's. */
    @Test
    void pushesToTheHostOfItsCertificateOnly(@TempDir Path directory) throws IOException {
        Certificate good = Certificate.make(directory.resolve("good"));
        Certificate ofAnother =
                Certificate.make(directory.resolve("other"), "EC", "CN=other.example", "dns:other.example");
        Certificate unknown = Certificate.make(directory.resolve("unknown"));
        Path trusted = Files.writeString(
                directory.resolve("ca.pem"),
                Files.readString(good.certificate()) + Files.readString(ofAnother.certificate()));
        try (PushEndpoint wrongHost = PushEndpoint.start(ofAnother.showingTo(ofAnother));
                PushEndpoint untrusted = PushEndpoint.start(unknown.showingTo(unknown));
                PushEndpoint right = PushEndpoint.start(good.showingTo(good));
                RunningService secure = RunningService.start(
                        Transmitting.with(options, "--ssf.push.ca=" + trusted, "--redis.prefix=" + Api.fresh("tls")))) {
            Transmitting there = new Transmitting(secure);
            for (PushEndpoint one : List.of(wrongHost, untrusted, right)) {
                assertThat(there.receiver()
                                .send("POST", "/ssf/stream", one.delivery())
                                .status())
                        .isEqualTo(201);
            }
            List<String> users = List.of(there.revoke("corp"), there.revoke("corp"));

            right.awaitAccepted(there.receiver(), users);

            assertThat(wrongHost.received()).isEmpty();
            assertThat(untrusted.received()).isEmpty();
        }
    }

    /** By default, and whatever the scheme is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://a.localhost/",
                "https://10.0.0.1/",
                "https://169.254.169.254/latest",
                "https://[::1]/",
                "https://[fd00::1]/"
            })
    void refusesAddressesInside(String url) {
        try (RunningService strict =
                RunningService.start(Transmitting.with(options, "--ssf.push.allow-private-addresses=false"))) {
            Receiver there = new Transmitting(strict).receiver();
            String push = "{'delivery':{'method':'urn:ietf:rfc:8935','endpoint_url':'URL'}";
            assertThat(there.send("POST", "/ssf/stream", push.replace("URL", url) + "}")
                            .status())
                    .isEqualTo(400);
            String stream = there.stream();
            assertThat(there.send("PATCH", "/ssf/stream", push.replace("URL", url) + ",'stream_id':'" + stream + "'}")
                            .status())
                    .isEqualTo(400);
        }
    }
}
