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
import org.junit.jupiter.api.Test;

class RegistrationBackPressureTest {
    private static final int LINES = 100_000;
    private static final String SCOPE = "s".repeat(250);

    private static final String HEAD = String.join(
            "\r\n",
            "POST /v1/tokens HTTP/1.1",
            "Host: x",
            "Content-Type: application/x-ndjson",
            "Transfer-Encoding: chunked",
            "",
            "");

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final String realm = Api.fresh("pressure");
    private final AtomicInteger written = new AtomicInteger();

    /** The kernel's buffers hold some megabytes of the forty; the service must not hold the rest. */
    @Test
    void readsNoFasterThanItsAnswersAreRead() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(socket));

            awaitStandstill();
            assertThat(written.get()).isLessThan(LINES);

            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.lines()
                            .filter(line -> line.startsWith("{\"status\":201,"))
                            .limit(LINES))
                    .hasSize(LINES)
                    .last()
                    .asString()
                    .contains("\"username\":\"user" + (LINES - 1) + "\"");
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

    private void write(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(HEAD.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < LINES; i++) {
                String line = "{\"realm_name\":\"" + realm + "\",\"username\":\"user" + i + "\",\"access_token\":\""
                        + realm + "-" + i + "\",\"scope\":\"" + SCOPE + "\"}\n";
                out.write((Integer.toHexString(line.length()) + "\r\n" + line + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                written.incrementAndGet();
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
