package io.revoker.http.revocations;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request with an {@code Idempotency-Key}, whose instance is cut off when it is about to revoke, or just after. */
class DeadOwnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REVOCATION = ":{log}:clock";

    /** When an instance is cut off. */
    private enum Cut {
        NEVER,
        BEFORE,
        /** The tokens are dead, and nobody has counted them. */
        AFTER
    }

    private final Vertx vertx = Vertx.vertx();
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String url = redis.url();
    private volatile Optional<Buffer> last = Optional.empty();
    private volatile Cut cut = Cut.NEVER;
    private final Relay way = Relay.to(vertx, url, connection -> request -> {
        if (passes(request)) {
            connection.pass(request);
        }
    });
    private final String prefix = "--redis.prefix=" + Api.fresh("owner");
    private final RunningService dying = RunningService.on(way.url(), prefix, ClientFiles.option());
    private final RunningService other = RunningService.on(url, prefix, ClientFiles.option());
    private final String realm = Api.fresh("realm");
    private final String body = "{\"target\":{\"realm_name\":\"" + realm + "\"}}";

    @AfterEach
    void stop() {
        cut = Cut.NEVER;
        last = Optional.empty();
        dying.close();
        other.close();
        redis.close();
        Waiting.get(vertx.close());
    }

    @Test
    void anotherInstanceDoesItSoonAndWhatArrivesLateOfTheFirstHasNoEffect() throws IOException {
        String dead = ClientFiles.token(other, realm);
        cut = Cut.BEFORE;
        CompletableFuture<Reply> first = post(dying);
        Waiting.until("about to revoke", () -> last.isPresent());

        assertThat(post(other).join().status()).isEqualTo(409);
        assertThat(first.join().status()).isEqualTo(503);
        Reply again = doneByAnother();
        assertThat(Api.counts(again)).isEqualTo("200 1,0,0");
        assertThat(ClientFiles.isActive(other, dead)).isFalse();

        String later = ClientFiles.token(other, realm);
        sendLate();

        assertThat(ClientFiles.isActive(other, later)).isTrue();
        assertThat(post(other).join()).hasToString(again.toString());
    }

    /** What the first instance did not come to is done by another one, and told to whoever asks next. */
    @Test
    void anotherInstanceCountsWhatTheFirstHasKilled() {
        String dead = ClientFiles.token(other, realm);
        cut = Cut.AFTER;
        CompletableFuture<Reply> first = post(dying);
        Waiting.until("dead", () -> !ClientFiles.isActive(other, dead));

        Reply again = doneByAnother();

        assertThat(first.join().status()).isEqualTo(503);
        assertThat(Api.counts(again)).isEqualTo("200 1,0,0");
        assertThat(post(other).join()).hasToString(again.toString());
    }

    /** From the revocation on, nothing passes. */
    private synchronized boolean passes(Buffer request) {
        if (last.isPresent()) {
            return false;
        }
        if (cut == Cut.NEVER || !request.toString().contains(REVOCATION)) {
            return true;
        }
        last = Optional.of(request);
        return cut == Cut.AFTER;
    }

    private Reply doneByAnother() {
        AtomicReference<Reply> answer = new AtomicReference<>();
        Waiting.until("done by another instance", PATIENCE, () -> {
            Reply now = post(other).join();
            answer.set(now);
            return now.status() != 409;
        });
        return Objects.requireNonNull(answer.get());
    }

    private CompletableFuture<Reply> post(RunningService service) {
        return service.call("POST", "/v1/revocations")
                .basic(ClientFiles.OPS, ClientFiles.SECRET)
                .header(OnceOnly.HEADER, "k")
                .json(body)
                .sendAsync();
    }

    /** What the first instance had sent, up to the answer that it is too late. */
    private void sendLate() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
            socket.getOutputStream().write(last.orElseThrow().getBytes());
            String line = in.readLine();
            while (!"LATE".equals(line)) {
                line = Objects.requireNonNull(in.readLine());
            }
        }
    }
}
