package io.revoker.cli.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.terminal.CommandIo;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that falls silent without closing its connection. */
class FeedReaderTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 1\nid: 7\n\nevent: mark\nid: 8\ndata: ";

    @Test
    void asksAgainForWhatComesAfterTheLastEvent() throws Exception {
        List<JsonNode> seen = new ArrayList<>();
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> followed = CompletableFuture.runAsync(
                    () -> reader(server.getLocalPort(), warnings).run(event -> {
                        seen.add(event);
                        return seen.size() < 2;
                    }));
            try (Socket silent = server.accept()) {
                assertThat(lastEventId(silent)).isEmpty();
                silent.getOutputStream().write((HEAD + "{\"event\":\"mark\",\"stamp\":\"8\"}\n\n").getBytes(UTF_8));
                try (Socket again = server.accept()) {
                    assertThat(lastEventId(again)).contains("8");
                    again.getOutputStream().write((HEAD + "{\"event\":\"mark\",\"stamp\":\"9\"}\n\n").getBytes(UTF_8));
                    followed.orTimeout(60, TimeUnit.SECONDS).join();
                }
            }
        }
        assertThat(seen).extracting(event -> event.path("stamp").asText()).containsExactly("8", "9");
    }

    private static FeedReader reader(int port, ByteArrayOutputStream warnings) {
        CommandIo io = new CommandIo(
                InputStream.nullInputStream(), System.out, new PrintStream(warnings, true, UTF_8), Map.of());
        Server server = new Server(List.of(URI.create("http://127.0.0.1:" + port)), Optional.empty(), Optional.empty());
        return new FeedReader(ServiceCalls.to(server), io, Optional.empty(), Duration.ofSeconds(3));
    }

    private static Optional<String> lastEventId(Socket socket) throws IOException {
        BufferedReader request = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        Optional<String> last = Optional.empty();
        for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
            if (line.startsWith("Last-Event-ID: ")) {
                last = Optional.of(line.substring("Last-Event-ID: ".length()));
            }
        }
        return last;
    }
}
