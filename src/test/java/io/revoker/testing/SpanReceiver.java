package io.revoker.testing;

import static io.revoker.testing.Waiting.get;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Takes spans by OTLP over HTTP, as a collector does. */
public final class SpanReceiver implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Queue<ResourceSpans> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> raw = new ConcurrentLinkedQueue<>();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private SpanReceiver() {
        server = get(vertx.createHttpServer().requestHandler(this::receive).listen(0, "127.0.0.1"));
    }

    public static SpanReceiver start() {
        return new SpanReceiver();
    }

    private void receive(HttpServerRequest request) {
        heads.add(request.method() + " " + request.path() + " " + request.headers());
        request.body().onSuccess(body -> {
            keep(body);
            request.response()
                    .putHeader("Content-Type", "application/x-protobuf")
                    .end()
                    .onFailure(gone -> {});
        });
    }

    private void keep(Buffer body) {
        try {
            received.addAll(ExportTraceServiceRequest.parseFrom(body.getBytes()).getResourceSpansList());
            raw.add(new String(body.getBytes(), ISO_8859_1));
        } catch (InvalidProtocolBufferException e) {
            heads.add("unreadable: " + e.getMessage());
        }
    }

    /** The options that have a service send its spans here, every one, soon. */
    public String[] options(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--tracing.otlp.endpoint=http://127.0.0.1:" + server.actualPort() + "/v1/traces",
                                "--tracing.otlp.interval=50ms"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    public List<Span> spans() {
        return received.stream()
                .map(ResourceSpans::getScopeSpansList)
                .flatMap(List::stream)
                .map(ScopeSpans::getSpansList)
                .flatMap(List::stream)
                .toList();
    }

    /** Of what the spans are. */
    public List<ResourceSpans> resources() {
        return new ArrayList<>(received);
    }

    /** Every byte that came. */
    public String raw() {
        return String.join("\n", raw) + String.join("\n", heads);
    }

    /** The first lines and the headers of what came. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() {
        get(vertx.close());
    }
}
