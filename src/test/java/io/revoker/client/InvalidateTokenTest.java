package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidateTokenTest {
    private final ScriptedNode node = new ScriptedNode();

    @AfterEach
    void stop() {
        node.close();
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(
                        InvalidateTokenRequest.accessToken("Tf01rrAymdUjxMY4VlG3gV3gsFFUWxVVPrztX+4uhe0="),
                        "{\"token\":\"Tf01rrAymdUjxMY4VlG3gV3gsFFUWxVVPrztX+4uhe0=\"}"),
                Arguments.of(
                        InvalidateTokenRequest.refreshToken("4rE0YPT/oHODS83TbTtYmuh8"),
                        "{\"refresh_token\":\"4rE0YPT/oHODS83TbTtYmuh8\"}"),
                Arguments.of(InvalidateTokenRequest.realmTokens("native"), "{\"realm_name\":\"native\"}"),
                Arguments.of(InvalidateTokenRequest.userTokens("user"), "{\"username\":\"user\"}"),
                Arguments.of(
                        InvalidateTokenRequest.userInRealmTokens("native", "user"),
                        "{\"realm_name\":\"native\",\"username\":\"user\"}"),
                Arguments.of(InvalidateTokenRequest.userTokens("Zoë \"日\" 𝄞"), "{\"username\":\"Zoë \\\"日\\\" 𝄞\"}"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void sendsExactlyTheFieldsThatAreSet(InvalidateTokenRequest request, String body) throws IOException {
        try (RevokerClient client = node.client()) {
            client.invalidateToken(request);
        }

        ScriptedNode.Received received = node.next();
        assertThat(received.method()).isEqualTo("DELETE");
        assertThat(received.uri()).isEqualTo("/_security/oauth2/token");
        assertThat(received.header("Content-type")).isEqualTo("application/json");
        assertThat(received.header("Accept")).isEqualTo("application/json");
        assertThat(received.body()).isEqualTo(body);
        assertThat(received.headers()).doesNotContainKey("Authorization");
    }

    @Test
    void answersTheSameWithAndWithoutWaiting() throws IOException {
        node.answering(200, ScriptedNode.counts(4, 1));

        try (RevokerClient client = node.client()) {
            InvalidateTokenRequest request = InvalidateTokenRequest.userTokens("joe");
            assertThat(client.invalidateToken(request)).isEqualTo(new InvalidateTokenResponse(4, 1, List.of()));
            assertThat(client.invalidateTokenAsync(request).join())
                    .isEqualTo(new InvalidateTokenResponse(4, 1, List.of()));
        }
    }

    @Test
    void anUnknownTokenIsNoFailure() throws IOException {
        node.answering(404, ScriptedNode.counts(0, 0));

        try (RevokerClient client = node.client()) {
            assertThat(client.invalidateToken(InvalidateTokenRequest.accessToken("unknown")))
                    .isEqualTo(new InvalidateTokenResponse(0, 0, List.of()));
        }
    }

    @Test
    void keepsThePathOfTheBaseAddress() throws IOException {
        try (RevokerClient client =
                RevokerClient.builder(URI.create(node.uri() + "/revoker/")).build()) {
            client.invalidateToken(InvalidateTokenRequest.userTokens("joe"));
        }

        assertThat(node.next().uri()).isEqualTo("/revoker/_security/oauth2/token");
    }

    @Test
    void sendsCredentials() throws IOException {
        InvalidateTokenRequest request = InvalidateTokenRequest.userTokens("joe");
        try (RevokerClient client = RevokerClient.builder(node.uri())
                .basicAuthentication("ops", "pässword:x")
                .build()) {
            client.invalidateToken(request);
        }
        try (RevokerClient client =
                RevokerClient.builder(node.uri()).apiKey("ci", "s3cret").build()) {
            client.invalidateToken(request);
        }

        assertThat(node.next().header("Authorization")).isEqualTo("Basic b3BzOnDDpHNzd29yZDp4");
        assertThat(node.next().header("Authorization")).isEqualTo("ApiKey Y2k6czNjcmV0");
    }

    @Test
    void failsAlikeWithAndWithoutWaiting() {
        node.answering(403, "{\"error\":{\"type\":\"security_exception\",\"reason\":\"no\"},\"status\":403}");
        InvalidateTokenRequest request = InvalidateTokenRequest.realmTokens("native");

        try (RevokerClient client = node.client()) {
            assertThatExceptionOfType(RevokerStatusException.class)
                    .isThrownBy(() -> client.invalidateToken(request))
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(403));
            assertThat(client.invalidateTokenAsync(request))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(RevokerStatusException.class)
                    .withMessage("status: 403, type: security_exception, reason: no");
        }
    }

    @Test
    void anUnreadableSuccessIsAFailureThatQuotesNothing() {
        node.answering(200, "{\"invalidated_tokens\": secret}");

        try (RevokerClient client = node.client()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.invalidateToken(InvalidateTokenRequest.userTokens("joe")))
                    .withMessage("response body: unreadable (expected: a JSON object)")
                    .withNoCause();
        }
    }

    @Test
    void neverSendsAnotherNameThanTheOneGiven() {
        InvalidateTokenRequest halfOfAPair = InvalidateTokenRequest.userTokens("joe\uD834");

        try (RevokerClient client = node.client()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.invalidateToken(halfOfAPair))
                    .withMessage("request: broken characters (expected: Unicode text)");
        }
        assertThat(node.untaken()).isZero();
    }
}
