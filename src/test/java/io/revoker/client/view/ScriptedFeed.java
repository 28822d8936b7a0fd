package io.revoker.client.view;

import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A service that says what the test wants: a stream with a heartbeat each 100 ms, snapshots, and introspections. */
final class ScriptedFeed implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 100;

    final AtomicInteger streams = new AtomicInteger();
    final AtomicInteger snapshots = new AtomicInteger();
    final AtomicInteger beats = new AtomicInteger();
    final AtomicInteger introspections = new AtomicInteger();
    /** What is done with a new stream: nothing, if the test does it. */
    volatile Consumer<HttpServerResponse> begin = this::beginNow;

    volatile Runnable asked = () -> {};
    volatile Snapshot snapshot = new Snapshot(100, 0, new long[0]);
    volatile long stamp = 100;
    /** No answer if empty. */
    volatile Optional<String> introspection = Optional.empty();
    /** From when on it has not asked Redis. */
    volatile long frozenAt = Long.MAX_VALUE;
    /** How long before each heartbeat it has asked Redis. */
    volatile Duration lag = Duration.ZERO;
    /** For how long introspections are on their way. */
    volatile Duration thinking = Duration.ZERO;
    /** Whose events its clients get. */
    volatile String realms = "*";
    /** For how long heartbeats are on their way. */
    volatile Duration delay = Duration.ZERO;

    private final Vertx vertx = Vertx.vertx();
    private final long born = System.nanoTime() - TimeUnit.MINUTES.toNanos(10);
    private final List<HttpServerResponse> open = new CopyOnWriteArrayList<>();
    private final HttpServer server =
            Waiting.get(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));

    /** What it answers. */
    @SuppressWarnings("ArrayRecordComponent")
    record Snapshot(long stamp, long since, long[] tokens) {
        Buffer compact() {
            Buffer bytes = Buffer.buffer()
                    .appendInt(SnapshotReader.MAGIC)
                    .appendByte(SnapshotReader.VERSION)
                    .appendByte((byte) Long.BYTES)
                    .appendShort((short) 0)
                    .appendLong(stamp)
                    .appendLong(since)
                    .appendInt(0)
                    .appendInt(0)
                    .appendLong(tokens.length);
            long before = 0;
            for (long token : tokens) {
                bytes.appendLong(token - before);
                before = token;
            }
            return bytes;
        }
    }

    ScriptedFeed() {
        vertx.setPeriodic(INTERVAL_MILLIS, tick -> beat());
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private void answer(HttpServerRequest request) {
        request.response().putHeader("Revoker-Realms", realms);
        if (request.path().endsWith("/stream")) {
            HttpServerResponse response =
                    request.response().setChunked(true).putHeader("Revoker-Uptime", Long.toString(uptime()));
            streams.incrementAndGet();
            begin.accept(response);
        } else if (request.path().endsWith("/introspect")) {
            introspections.incrementAndGet();
            introspection.ifPresent(body -> vertx.setTimer(
                    Math.max(1, thinking.toMillis()),
                    later -> request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(body)
                            .onFailure(gone -> {})));
        } else {
            asked.run();
            snapshots.incrementAndGet();
            request.response().end(snapshot.compact()).onFailure(gone -> {});
        }
    }

    void beginNow(HttpServerResponse stream) {
        stream.write("id: " + stamp + "\n\n").onFailure(gone -> {});
        open.add(stream);
    }

    /** To all that follow. */
    void send(String event) {
        open.forEach(stream -> stream.write(event).onFailure(gone -> open.remove(stream)));
    }

    /** Of all streams. */
    void end() {
        open.forEach(stream -> stream.end().onFailure(gone -> {}));
        open.clear();
    }

    private long uptime() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - born);
    }

    private void beat() {
        Instant now = Instant.now();
        long age = lag.toNanos() + Math.max(0, System.nanoTime() - Math.min(frozenAt, System.nanoTime()));
        String text = "id: " + stamp + "\nevent: heartbeat\ndata: {\"event\":\"heartbeat\",\"stamp\":\"" + stamp
                + "\",\"time\":\"" + now + "\",\"as_of\":\"" + now.minusNanos(age) + "\",\"uptime\":" + uptime()
                + "}\n\n";
        vertx.setTimer(Math.max(1, delay.toMillis()), later -> {
            send(text);
            beats.incrementAndGet();
        });
    }

    @Override
    public void close() {
        Waiting.get(vertx.close());
    }
}
