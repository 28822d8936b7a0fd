package io.revoker.http.tokens;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.caller.Caller;
import io.revoker.config.values.DataSize;
import io.revoker.http.BulkQueue;
import io.revoker.http.RevocationPriority;
import io.revoker.http.tokens.LineStream.LineWork;
import io.revoker.testing.Call;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.revoker.testing.StreamAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineStreamTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void answersALineWhoseWorkFailsAndGoesOn() {
        int port = listen();
        try (LogCapture log = LogCapture.open(Level.ERROR)) {
            StreamAnswer answer = StreamAnswer.of(Call.of("POST", URI.create("http://127.0.0.1:" + port + "/"))
                    .body("sound\nerror\nfailed\nsound\n")
                    .send()
                    .body());

            assertThat(answer.results())
                    .containsExactly(
                            "{\"status\":200}", broken("StackOverflowError"), broken("Oops"), "{\"status\":200}");
            assertThat(answer.summary())
                    .isEqualTo("{\"summary\":{\"complete\":true,\"lines\":4,\"s200\":2,\"s500\":2}}");
            assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("document failed"));
        }
    }

    /** The client must not wait for the rest. */
    @Test
    void cutsTheConnectionIfAResultCannotBeWritten() {
        int port = listen();
        try (LogCapture log = LogCapture.open(Level.ERROR);
                RawConnection connection = RawConnection.to(port)) {
            connection.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 17\r\n\r\nsound\nunwritable\n");

            assertThat(connection.readToEnd()).doesNotContain("summary");
            assertThat(log.lines()).singleElement().asString().contains("stream failed");
        }
    }

    private int listen() {
        Router router = Router.router(vertx);
        BulkQueue queue = BulkQueue.ofLines(100, new RevocationPriority());
        router.route().handler(request -> new LineStream(request, DataSize.ofMebibytes(1), queue, new Broken()).run());
        HttpServer server = get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private static String broken(String failure) {
        return "{\"status\":500,\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"detail\":\"" + failure
                + "\"}";
    }

    private static final class Oops extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Work that breaks its promise never to fail. */
    private record Broken(StreamSums sums) implements LineWork {
        Broken() {
            this(new StreamSums("lines", Caller.ANONYMOUS, List.of(), answer -> Map.of("s" + answer.status(), 1L)));
        }

        @Override
        public Future<DocumentAnswer> line(byte[] line) {
            return switch (new String(line, StandardCharsets.UTF_8)) {
                case "error" ->
                    DocumentAnswer.of(() -> {
                        throw new StackOverflowError();
                    });
                case "unwritable" ->
                    Future.succeededFuture(new DocumentAnswer(
                            200, JsonNodeFactory.instance.objectNode().putPOJO("no bean", new Object())));
                case "failed" -> Future.failedFuture(new Oops());
                default -> Future.succeededFuture(new DocumentAnswer(200, JsonNodeFactory.instance.objectNode()));
            };
        }
    }
}
