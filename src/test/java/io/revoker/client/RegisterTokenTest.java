package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterTokenTest extends OneNodeTest {
    private static final String SMALLEST = "{\"realm_name\":\"native\",\"username\":\"joe\",\"issued_at\":5}";

    @Test
    void sendsAllThatIsKnownOfAGrant() throws IOException {
        node.answering(201, SMALLEST);

        client.register(RegisterTokenRequest.builder("native", "joe")
                .accessToken("a")
                .refreshToken("r")
                .expiresIn(Duration.ofMinutes(20))
                .refreshExpiresIn(Duration.ofHours(24))
                .clientId("shop")
                .scope("read write")
                .issuedAt(Instant.parse("2026-01-01T00:00:00.9Z"))
                .build());

        ScriptedNode.Received received = node.next();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.uri()).isEqualTo("/v1/tokens");
        assertThat(received.header("Content-type")).isEqualTo("application/json");
        assertThat(received.body())
                .isEqualTo("{\"realm_name\":\"native\",\"username\":\"joe\",\"access_token\":\"a\","
                        + "\"refresh_token\":\"r\",\"expires_in\":1200,\"refresh_expires_in\":86400,"
                        + "\"client_id\":\"shop\",\"scope\":\"read write\",\"issued_at\":1767225600}");
    }

    @Test
    void asksForTokensToBeMinted() throws IOException {
        node.answering(201, SMALLEST);

        client.register(RegisterTokenRequest.builder("native", "joe")
                .mintRefreshToken()
                .mintAccessToken()
                .build());

        assertThat(node.next().body())
                .isEqualTo("{\"realm_name\":\"native\",\"username\":\"joe\","
                        + "\"mint\":[\"access_token\",\"refresh_token\"]}");
    }

    @Test
    void readsTheWholeAnswer() throws IOException {
        node.answering(201, """
                {"realm_name":"native","username":"joe","client_id":"shop","scope":"read","issued_at":1767225600,
                 "expires_in":1200,"refresh_expires_in":86400,"access_token":"a","refresh_token":"r"}""");

        RegisterTokenResponse response = client.register(minting());

        assertThat(response.isCreated()).isTrue();
        assertThat(response.realmName()).isEqualTo("native");
        assertThat(response.username()).isEqualTo("joe");
        assertThat(response.clientId()).contains("shop");
        assertThat(response.scope()).contains("read");
        assertThat(response.issuedAt()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(response.expiresIn()).contains(Duration.ofMinutes(20));
        assertThat(response.refreshExpiresIn()).contains(Duration.ofHours(24));
        assertThat(response.accessToken()).contains("a");
        assertThat(response.refreshToken()).contains("r");
        assertThat(response).hasToString("RegisterTokenResponse{created=true, realmName=native, username=joe}");
    }

    @Test
    void readsAnAnswerWithoutOptionalFields() throws IOException {
        node.answering(200, SMALLEST);

        RegisterTokenResponse response = client.registerAsync(minting()).join();

        assertThat(response.isCreated()).isFalse();
        assertThat(response.clientId()).isEmpty();
        assertThat(response.scope()).isEmpty();
        assertThat(response.expiresIn()).isEmpty();
        assertThat(response.refreshExpiresIn()).isEmpty();
        assertThat(response.accessToken()).isEmpty();
        assertThat(response.refreshToken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"username\":\"joe\",\"issued_at\":5}",
                "{\"realm_name\":\"native\",\"username\":1,\"issued_at\":5}",
                "{\"realm_name\":\"native\",\"username\":\"joe\"}",
                "{\"realm_name\":\"native\",\"username\":\"joe\",\"issued_at\":\"5\"}",
                "{\"realm_name\":\"native\",\"username\":\"joe\",\"issued_at\":5,\"expires_in\":1.5}",
            })
    void refusesAnAnswerThatIsIncomplete(String body) {
        node.answering(201, body);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.register(minting()))
                .withMessageStartingWith("response body: no readable ");
    }

    @Test
    void tellsTheProblemOfARefusal() {
        node.answering(
                409, "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,\"detail\":\"other facts\"}");

        assertThatExceptionOfType(RevokerStatusException.class)
                .isThrownBy(() -> client.register(minting()))
                .withMessage("status: 409, type: about:blank, reason: other facts");
    }

    @Test
    void aNotFoundIsAFailureHere() {
        node.answering(404, SMALLEST);

        assertThatExceptionOfType(RevokerStatusException.class).isThrownBy(() -> client.register(minting()));
    }

    @Test
    void refusesArgumentsThatCannotBeRight() {
        assertRefused("realm_name is required", () -> RegisterTokenRequest.builder("", "joe"));
        assertRefused("username is required", () -> RegisterTokenRequest.builder("native", ""));
        RegisterTokenRequest.Builder builder = RegisterTokenRequest.builder("native", "joe");
        assertRefused("access_token, refresh_token: none (expected: at least one)", builder::build);
        assertRefused("access_token is required", () -> builder.accessToken(""));
        assertRefused(
                "expires_in: PT0S (expected: whole seconds, at least PT1S)", () -> builder.expiresIn(Duration.ZERO));
        assertRefused(
                "refresh_expires_in: PT1.5S (expected: whole seconds, at least PT1S)",
                () -> builder.refreshExpiresIn(Duration.ofMillis(1500)));
    }

    @Test
    void neverShowsAToken() {
        RegisterTokenRequest request = RegisterTokenRequest.builder("native", "joe")
                .accessToken("secret")
                .build();

        assertThat(request).hasToString("RegisterTokenRequest{realm_name=native, username=joe}");
    }

    private static RegisterTokenRequest minting() {
        return RegisterTokenRequest.builder("native", "joe").mintAccessToken().build();
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
    }
}
