package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The kernel's buffers hold some megabytes of a stream and of its results; the service must not hold the rest. */
class BackPressureTest {
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final String realm = Api.fresh("pressure");
    private final AtomicInteger written = new AtomicInteger();

    /**
     * A stream of lines.
     *
     * @param result what each result begins with
     * @param last what the last one contains
     */
    private record Stream(String path, int lines, IntFunction<String> line, String result, String last) {}

    @Test
    void registersNoFasterThanTheResultsAreRead() throws IOException {
        String name = "n".repeat(900);
        readsNoFasterThanItsResultsAreRead(new Stream(
                "/v1/tokens",
                20_000,
                i -> "{\"realm_name\":\"" + realm + "\",\"username\":\"" + name + i + "\",\"access_token\":\"" + realm
                        + "-" + i + "\"}\n",
                "{\"status\":201,",
                "\"username\":\"" + name + "19999\""));
    }

    @Test
    void revokesNoFasterThanTheResultsAreRead() throws IOException {
        String last = new Api(service).access(realm, "joe");
        String token = "t".repeat(400);
        readsNoFasterThanItsResultsAreRead(new Stream(
                "/v1/revocations",
                100_001,
                i -> "{\"token\":\"" + (i == 100_000 ? last : token + i) + "\"}\n",
                "{\"status\":",
                "\"invalidated_tokens\":1,"));
    }

    private void readsNoFasterThanItsResultsAreRead(Stream stream) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(stream, socket));

            awaitStandstill();
            assertThat(written.get()).isLessThan(stream.lines());

            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.lines()
                            .filter(line -> line.startsWith(stream.result()))
                            .limit(stream.lines()))
                    .hasSize(stream.lines())
                    .last()
                    .asString()
                    .contains(stream.last());
            writer.join();
        }
    }

    private void awaitStandstill() {
        int[] seen = {-1, 0};
        Waiting.until("writing stands still", () -> {
            int now = written.get();
            seen[1] = now == seen[0] && now > 0 ? seen[1] + 1 : 0;
            seen[0] = now;
            return seen[1] == 200;
        });
    }

    private void write(Stream stream, Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            send(
                    out,
                    "POST " + stream.path() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < stream.lines(); i++) {
                String line = stream.line().apply(i);
                send(out, Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
                written.incrementAndGet();
            }
            send(out, "0\r\n\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
