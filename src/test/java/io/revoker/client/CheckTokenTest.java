package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTokenTest extends OneNodeTest {
    @Test
    void asksWithAForm() throws IOException {
        node.answering(200, "{\"active\":false}");

        client.check("a+b/c= &é");

        ScriptedNode.Received received = node.next();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.uri()).isEqualTo("/oauth2/introspect");
        assertThat(received.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(received.header("Accept")).isEqualTo("application/json");
        assertThat(received.body()).isEqualTo("token=a%2Bb%2Fc%3D+%26%C3%A9");
    }

    @Test
    void demandsAnAnswerThatIsNotOlderThanARevocation() {
        node.answering(200, "{\"active\":false}");

        client.checkAsync("a", 1795363200000000L).join();

        assertThat(node.next().header("Revoker-min-stamp")).isEqualTo("1795363200000000");
    }

    @Test
    void readsWhatIsToldOfAnActiveToken() throws IOException {
        node.answering(200, """
                {"active":true,"username":"joe","realm_name":"native","client_id":"shop","scope":"read write",
                 "exp":1767225600,"token_type":"Bearer","token_use":"access","sub":"joe"}""");

        TokenStatus status = client.check("a");

        assertThat(status.isActive()).isTrue();
        assertThat(status.username()).contains("joe");
        assertThat(status.realm()).contains("native");
        assertThat(status.clientId()).contains("shop");
        assertThat(status.scope()).contains("read write");
        assertThat(status.expiresAt()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(status.tokenType()).contains("Bearer");
        assertThat(status.tokenUse()).contains("access");
        assertThat(status).hasToString("TokenStatus{active=true}");
    }

    @Test
    void anInactiveTokenHasNothingElse() {
        node.answering(200, "{\"active\":false}");

        TokenStatus status = client.checkAsync("a").join();

        assertThat(status.isActive()).isFalse();
        assertThat(status.username()).isEmpty();
        assertThat(status.realm()).isEmpty();
        assertThat(status.clientId()).isEmpty();
        assertThat(status.scope()).isEmpty();
        assertThat(status.expiresAt()).isEmpty();
        assertThat(status.tokenType()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"active\":\"true\"}", "{\"active\":1}", "{\"active\":true,\"exp\":\"soon\"}", "[]"})
    void neverGuessesWhetherATokenIsActive(String body) {
        node.answering(200, body);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.check("a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 503})
    void aRefusalIsNoAnswerAboutTheToken(int status) {
        node.answering(status, "{\"active\":true}");

        assertThatExceptionOfType(RevokerStatusException.class)
                .isThrownBy(() -> client.check("a"))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(status));
    }

    @Test
    void requiresAToken() {
        assertThatIllegalArgumentException().isThrownBy(() -> client.check("")).withMessage("token is required");
    }

    @Test
    void neverAsksForAnotherTokenThanTheOneGiven() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.check("a\uDD1E"))
                .withMessage("request: broken characters (expected: Unicode text)");
        assertThat(node.untaken()).isZero();
    }
}
