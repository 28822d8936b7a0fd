package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailOverTest {
    private static final InvalidateTokenRequest REQUEST = InvalidateTokenRequest.userTokens("joe");

    private final ScriptedNode first = new ScriptedNode();
    private final ScriptedNode second = new ScriptedNode().answering(200, ScriptedNode.counts(2, 0));

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void goesToTheNextNodeWhenOneIsUnavailable(int status) throws IOException {
        first.answering(status, "");

        try (RevokerClient client =
                RevokerClient.builder(first.uri(), second.uri()).build()) {
            assertThat(client.invalidateToken(REQUEST).getInvalidatedTokens()).isEqualTo(2);
        }
        assertThat(first.next()).isNotNull();
        assertThat(second.next().body()).isEqualTo("{\"username\":\"joe\"}");
    }

    @Test
    void goesToTheNextNodeWhenOneRefusesTheConnection() throws IOException {
        try (RevokerClient client =
                RevokerClient.builder(refusing(), second.uri()).build()) {
            assertThat(client.invalidateToken(REQUEST).getInvalidatedTokens()).isEqualTo(2);
        }
    }

    @Test
    void goesToTheNextNodeWhenANameIsUnknown() throws IOException {
        try (RevokerClient client = RevokerClient.builder(URI.create("http://node.invalid"), second.uri())
                .build()) {
            assertThat(client.invalidateToken(REQUEST).getInvalidatedTokens()).isEqualTo(2);
        }
    }

    /** Linux leaves unanswered who wants to connect while the queue of a listener is full. */
    @Test
    void goesToTheNextNodeWhenOneDoesNotAcceptInTime() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket waiting = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket alsoWaiting = new Socket(full.getInetAddress(), full.getLocalPort());
                RevokerClient client = RevokerClient.builder(local(full), second.uri())
                        .connectTimeout(Duration.ofMillis(200))
                        .build()) {
            assertThat(waiting.isConnected() && alsoWaiting.isConnected()).isTrue();
            assertThat(client.invalidateToken(REQUEST).getInvalidatedTokens()).isEqualTo(2);
        }
    }

    @Test
    void staysWithTheNodeThatAnswered() throws IOException {
        first.answering(503, "");

        try (RevokerClient client =
                RevokerClient.builder(first.uri(), second.uri()).build()) {
            client.invalidateToken(REQUEST);
            client.invalidateToken(REQUEST);
        }
        assertThat(first.untaken()).isEqualTo(1);
        assertThat(second.untaken()).isEqualTo(2);
    }

    @Test
    void comesBackWhenThatNodeFailsLater() throws IOException {
        try (RevokerClient client =
                RevokerClient.builder(refusing(), second.uri(), first.uri()).build()) {
            client.invalidateToken(REQUEST);
            second.answering(503, "");
            assertThat(client.invalidateToken(REQUEST).getInvalidatedTokens()).isZero();
        }
        assertThat(first.untaken()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 500})
    void anyOtherAnswerIsFinal(int status) {
        first.answering(status, "{}");

        try (RevokerClient client =
                RevokerClient.builder(first.uri(), second.uri()).build()) {
            assertThatExceptionOfType(RevokerStatusException.class)
                    .isThrownBy(() -> client.invalidateToken(REQUEST))
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(status));
        }
        assertThat(second.untaken()).isZero();
    }

    @Test
    void triesEachNodeOnceAndTellsAllFailures() throws IOException {
        first.answering(502, "");
        second.answering(503, "{\"error\":{\"type\":\"security_exception\",\"reason\":\"store\"},\"status\":503}");

        try (RevokerClient client =
                RevokerClient.builder(refusing(), first.uri(), second.uri()).build()) {
            assertThatExceptionOfType(RevokerStatusException.class)
                    .isThrownBy(() -> client.invalidateToken(REQUEST))
                    .withMessage("status: 503, type: security_exception, reason: store")
                    .satisfies(last -> assertThat(last.getSuppressed())
                            .hasExactlyElementsOfTypes(ConnectException.class, RevokerStatusException.class));
        }
        assertThat(first.untaken()).isEqualTo(1);
        assertThat(second.untaken()).isEqualTo(1);
    }

    @Test
    void refusedEverywhereIsAConnectException() throws IOException {
        URI node = refusing();
        try (RevokerClient client = RevokerClient.builder(node).build()) {
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> client.invalidateToken(REQUEST))
                    .withMessageStartingWith(node.getAuthority() + ": ");
            assertThat(client.invalidateTokenAsync(REQUEST))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static URI refusing() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return local(closed);
        }
    }

    private static URI local(ServerSocket socket) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
}
