package io.revoker.http.oauth;

import static io.revoker.testing.ClientFiles.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of introspection and revocation: RFC 6749, section 2.3. */
class FormClientsTest {
    private static final String REVOKE = "/oauth2/revoke";
    private static final String INTROSPECT = "/oauth2/introspect";
    private static final int MOST_STRANGERS = 256;
    private static final String BEGUN = "POST " + REVOKE + " HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntoken=";
    private static final String INVALID = "401 {\"error\":\"invalid_client\"";

    private static RunningService strict;
    private static RunningService posting;

    @BeforeAll
    static void start() {
        strict = RunningService.start(ClientFiles.option());
        posting = RunningService.start(ClientFiles.option(), "--oauth.client-secret-post=true");
    }

    @AfterAll
    static void stop() {
        posting.close();
        strict.close();
    }

    /** RFC 6749 wants id and secret encoded like a form before they are joined; many clients join them as they are. */
    @Test
    void takesTheHeaderEncodedAndRaw() {
        for (String secret : new String[] {SECRET, encoded(SECRET), SECRET.replace(" ", "%20")}) {
            String token = ClientFiles.token(strict, "corp");

            assertThat(strict.call("POST", REVOKE)
                            .basic(ClientFiles.OPS, secret)
                            .form("token=" + token)
                            .send())
                    .hasToString("200 {}");
            assertThat(isActive(strict, token)).isFalse();
        }
    }

    @Test
    void refusesWhoIsNotKnown() {
        String token = ClientFiles.token(strict, "corp");
        for (Call call : new Call[] {
            strict.call("POST", REVOKE),
            strict.call("POST", REVOKE).basic(ClientFiles.OPS, "wrong"),
            strict.call("POST", REVOKE).basic("nobody", SECRET),
            strict.call("POST", REVOKE).bearer(token)
        }) {
            Reply reply = call.form("token=" + token).send();

            assertThat(reply.toString()).startsWith(INVALID);
            assertThat(reply.header("WWW-Authenticate")).startsWith("Basic ");
        }
        assertThat(isActive(strict, token)).isTrue();
    }

    @Test
    void refusesWhoMayNotRevoke() {
        String token = ClientFiles.token(strict, "corp");

        assertThat(strict.call("POST", REVOKE)
                        .basic(ClientFiles.GATEWAY, SECRET)
                        .form("token=" + token)
                        .send())
                .hasToString("403 {\"error\":\"unauthorized_client\",\"error_description\":"
                        + "\"the client lacks the privilege invalidate\"}");
        assertThat(isActive(strict, token)).isTrue();
    }

    @Test
    void leavesTokensOfOtherRealmsAloneAndDoesNotSaySo() {
        String theirs = ClientFiles.token(strict, "lab");
        String ours = ClientFiles.token(strict, "corp");

        Reply ofTheirs = asCorp(theirs);

        assertThat(isActive(strict, theirs)).isTrue();
        assertThat(ofTheirs).hasToString("200 {}");
        Reply ofOurs = asCorp(ours);
        assertThat(isActive(strict, ours)).isFalse();
        assertThat(ofOurs).hasToString("200 {}");
        assertThat(ofTheirs.headers().map().keySet())
                .isEqualTo(ofOurs.headers().map().keySet());
    }

    private static Reply asCorp(String token) {
        return strict.call("POST", REVOKE)
                .basic(ClientFiles.CORP, SECRET)
                .form("token=" + token)
                .send();
    }

    @Test
    void takesNoSecretInTheFormUnlessTheSettingsAllowIt() {
        String token = ClientFiles.token(strict, "corp");

        assertThat(post(strict, REVOKE, ClientFiles.OPS, SECRET, token).toString())
                .startsWith(INVALID);
        assertThat(post(strict, INTROSPECT, ClientFiles.GATEWAY, SECRET, token).toString())
                .startsWith(INVALID);
        assertThat(isActive(strict, token)).isTrue();
    }

    @Test
    void takesTheSecretInTheFormIfTheSettingsAllowIt() {
        String token = ClientFiles.token(posting, "corp");

        assertThat(post(posting, INTROSPECT, ClientFiles.GATEWAY, SECRET, token).toString())
                .startsWith("200 {\"active\":true");
        assertThat(post(posting, REVOKE, ClientFiles.OPS, SECRET, token)).hasToString("200 {}");
        assertThat(isActive(posting, token)).isFalse();
    }

    @Test
    void refusesAWrongSecretInTheForm() {
        String token = ClientFiles.token(posting, "corp");

        for (Reply reply : new Reply[] {
            post(posting, REVOKE, ClientFiles.OPS, "wrong", token),
            post(posting, REVOKE, "nobody", SECRET, token),
            post(posting, REVOKE, "no:body", SECRET, token),
            post(posting, REVOKE, ClientFiles.OPS, "", token),
            send(posting, REVOKE, "token=" + token),
            send(posting, REVOKE, "client_id=ops&token=" + token),
            send(posting, REVOKE, "client_secret=" + encoded(SECRET) + "&token=" + token)
        }) {
            assertThat(reply.toString()).startsWith(INVALID);
        }
        assertThat(post(posting, REVOKE, ClientFiles.GATEWAY, SECRET, token).toString())
                .startsWith("403 {\"error\":\"unauthorized_client\"");
        assertThat(isActive(posting, token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {REVOKE, INTROSPECT})
    void refusesTwoMethodsInOneRequest(String path) {
        for (RunningService service : new RunningService[] {strict, posting}) {
            String token = ClientFiles.token(service, "corp");

            Reply reply = service.call("POST", path)
                    .basic(ClientFiles.ROOT, SECRET)
                    .form("client_id=root&client_secret=" + encoded(SECRET) + "&token=" + token)
                    .send();

            assertThat(reply)
                    .hasToString("400 {\"error\":\"invalid_request\",\"error_description\":"
                            + "\"client_secret: sent beside Authorization (expected: one of them)\"}");
            assertThat(isActive(service, token)).isTrue();
        }
    }

    /** Many clients send it with every request. */
    @Test
    void takesAnIdInTheFormBesideTheHeader() {
        String token = ClientFiles.token(strict, "corp");

        assertThat(strict.call("POST", REVOKE)
                        .basic(ClientFiles.OPS, SECRET)
                        .form("client_id=ops&token=" + token)
                        .send())
                .hasToString("200 {}");
        assertThat(isActive(strict, token)).isFalse();
    }

    @Test
    void refusesALongFormOfAStranger() {
        assertThat(send(posting, REVOKE, "token=" + "x".repeat(70_000)).toString())
                .startsWith("413 {\"error\":\"invalid_request\"");
    }

    /** Each of them may be as long as a form may be, and come as slowly as a request may. */
    @Test
    void readsABoundedNumberOfFormsOfStrangersAtATime() {
        try (RunningService service = RunningService.start(
                ClientFiles.option(), "--oauth.client-secret-post=true", "--runtime.instances=1")) {
            String token = ClientFiles.token(service, "corp");
            List<RawConnection> slow = Stream.generate(service::connect)
                    .limit(MOST_STRANGERS)
                    .map(connection -> connection.send(BEGUN))
                    .toList();

            Waiting.until(
                    "full",
                    () -> post(service, INTROSPECT, ClientFiles.GATEWAY, SECRET, token)
                            .toString()
                            .startsWith("503 {\"error\":\"temporarily_unavailable\""));
            assertThat(isActive(service, token)).as("with the header").isTrue();

            slow.forEach(RawConnection::close);
            Waiting.until(
                    "room again",
                    () -> post(service, INTROSPECT, ClientFiles.GATEWAY, SECRET, token)
                                    .status()
                            == 200);
        }
    }

    private static Reply post(RunningService service, String path, String id, String secret, String token) {
        return send(
                service,
                path,
                "client_id=" + encoded(id) + "&client_secret=" + encoded(secret) + "&token=" + encoded(token));
    }

    private static Reply send(RunningService service, String path, String form) {
        return service.call("POST", path).form(form).send();
    }

    private static boolean isActive(RunningService service, String token) {
        return service.call("POST", INTROSPECT)
                .basic(ClientFiles.GATEWAY, SECRET)
                .form("token=" + token)
                .send()
                .json()
                .required("active")
                .booleanValue();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
