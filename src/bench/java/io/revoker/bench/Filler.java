package io.revoker.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Registers or revokes many tokens through NDJSON streams, a few of them side by side. */
record Filler(Vertx vertx, int port) {
    static final int STREAMS = 4;
    private static final int LINES = 25_000;
    private static final int SHORT = 1000;

    /** Grants a second. */
    double fill(TokenSet tokens, int grants) throws InterruptedException {
        return extend(tokens, 0, grants);
    }

    /** The same for the grants from one number to another, which is left out. */
    double extend(TokenSet tokens, int from, int to) throws InterruptedException {
        return send(Lines.registrations(tokens), from, to);
    }

    /** Registers grants, by that many streams at a time, until it is over. Grants a second. */
    double fill(TokenSet tokens, int streams, BooleanSupplier over) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        IntSupplier part = () -> over.getAsBoolean() ? Integer.MAX_VALUE : next.getAndAdd(SHORT);
        long began = System.nanoTime();
        send(Lines.registrations(tokens), streams, new Parts(part, SHORT, Integer.MAX_VALUE));
        return next.get() * 1e9 / (System.nanoTime() - began);
    }

    /** Access tokens a second; all of them are active before, and none afterwards. */
    double revoke(TokenSet tokens, int grants) throws InterruptedException {
        return send(Lines.revocations(tokens), 0, grants);
    }

    private double send(Lines lines, int from, int to) throws InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        long began = System.nanoTime();
        send(lines, STREAMS, new Parts(() -> next.getAndAdd(LINES), LINES, to));
        return (to - from) * 1e9 / (System.nanoTime() - began);
    }

    /** @param next where the next stream begins, not below the end if there shall be none */
    private record Parts(IntSupplier next, int lines, int end) {}

    private void send(Lines lines, int streams, Parts parts) throws InterruptedException {
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(streams));
        Await.result(Future.all(IntStream.range(0, streams)
                .mapToObj(i -> {
                    Promise<Void> done = Promise.promise();
                    streams(client, lines, parts, done);
                    return done.future();
                })
                .toList()));
        Await.result(client.close());
    }

    private void streams(HttpClient client, Lines lines, Parts parts, Promise<Void> done) {
        int from = parts.next().getAsInt();
        if (from >= parts.end()) {
            done.complete();
            return;
        }
        client.request(HttpMethod.POST, port, "127.0.0.1", lines.path())
                .compose(request -> new Upload(request, lines, from, Math.min(parts.end(), from + parts.lines())).run())
                .onSuccess(sent -> streams(client, lines, parts, done))
                .onFailure(done::tryFail);
    }
}
