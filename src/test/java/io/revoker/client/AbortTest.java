package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a call ends early, its connection is closed and no caller waits any longer. */
class AbortTest {
    private static final InvalidateTokenRequest REQUEST = InvalidateTokenRequest.userTokens("joe");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SILENCE = "";
    private static final String HALF_AN_ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"inval";

    @ParameterizedTest
    @ValueSource(strings = {SILENCE, HALF_AN_ANSWER})
    void cancellingClosesTheConnection(String words) throws Exception {
        try (StallingNode node = new StallingNode(words);
                RevokerClient client = RevokerClient.builder(node.uri()).build()) {
            CompletableFuture<InvalidateTokenResponse> call = client.invalidateTokenAsync(REQUEST);
            assertThat(node.asked()).succeedsWithin(SOON);

            assertThat(call.cancel(true)).isTrue();

            assertThat(node.hungUp()).succeedsWithin(SOON);
            assertThat(call).isCancelled();
        }
    }

    @Test
    void aTimeLimitOfTheCallerClosesTheConnection() throws Exception {
        try (StallingNode node = new StallingNode(SILENCE);
                RevokerClient client = RevokerClient.builder(node.uri()).build()) {
            CompletableFuture<InvalidateTokenResponse> call =
                    client.invalidateTokenAsync(REQUEST).orTimeout(100, TimeUnit.MILLISECONDS);

            assertThat(node.hungUp()).succeedsWithin(SOON);
            assertThat(call).isCompletedExceptionally();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SILENCE, HALF_AN_ANSWER})
    void theRequestTimeoutEndsTheCall(String words) throws Exception {
        try (StallingNode node = new StallingNode(words);
                RevokerClient client = RevokerClient.builder(node.uri())
                        .requestTimeout(Duration.ofMillis(300))
                        .build()) {
            assertThatExceptionOfType(HttpTimeoutException.class)
                    .isThrownBy(() -> client.invalidateToken(REQUEST))
                    .withMessage("request: no answer (expected: within PT0.3S)");

            assertThat(node.hungUp()).succeedsWithin(SOON);
        }
    }

    @Test
    void closingEndsTheCallsThatWait() throws Exception {
        try (StallingNode node = new StallingNode(SILENCE)) {
            RevokerClient client = RevokerClient.builder(node.uri()).build();
            CompletableFuture<InvalidateTokenResponse> call = client.invalidateTokenAsync(REQUEST);
            assertThat(node.asked()).succeedsWithin(SOON);

            client.close();

            assertThat(node.hungUp()).succeedsWithin(SOON);
            assertThat(call)
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(IOException.class)
                    .withMessage("client: closed (expected: open)");
        }
    }

    @Test
    void aClosedClientSendsNothing() {
        try (ScriptedNode node = new ScriptedNode()) {
            RevokerClient client = node.client();
            client.close();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.invalidateToken(REQUEST))
                    .withMessage("client: closed (expected: open)");
            assertThat(node.untaken()).isZero();
        }
    }

    @Test
    void interruptingTheCallerClosesTheConnection() throws Exception {
        try (StallingNode node = new StallingNode(SILENCE);
                RevokerClient client = RevokerClient.builder(node.uri()).build()) {
            CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    client.invalidateToken(REQUEST);
                } catch (InterruptedIOException e) {
                    stillInterrupted.complete(Thread.currentThread().isInterrupted());
                } catch (IOException e) {
                    stillInterrupted.completeExceptionally(e);
                }
            });
            caller.start();
            assertThat(node.asked()).succeedsWithin(SOON);

            caller.interrupt();

            assertThat(stillInterrupted).succeedsWithin(SOON).isEqualTo(true);
            assertThat(node.hungUp()).succeedsWithin(SOON);
        }
    }

    @Test
    void aBodyThatIsTooLongIsNotReadToItsEnd() throws Exception {
        String endless = "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + " ".repeat(BoundedBody.LIMIT + 1);
        try (StallingNode node = new StallingNode(endless);
                RevokerClient client = RevokerClient.builder(node.uri()).build()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.invalidateToken(REQUEST))
                    .withMessage("response body: longer (expected: at most 1048576 bytes)");

            assertThat(node.hungUp()).succeedsWithin(SOON);
        }
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() throws Exception {
        String counts = ScriptedNode.counts(1, 0);
        try (ScriptedNode node = new ScriptedNode()) {
            node.answering(200, counts + " ".repeat(BoundedBody.LIMIT - counts.length()));
            try (RevokerClient client = node.client()) {
                assertThat(client.invalidateToken(REQUEST).getInvalidatedTokens())
                        .isEqualTo(1);
            }
        }
    }
}
