package io.revoker.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Registers or revokes many tokens through NDJSON streams, a few of them side by side. */
record Filler(Vertx vertx, int port) {
    static final int STREAMS = 4;
    private static final int LINES = 25_000;

    /** Grants a second. */
    double fill(TokenSet tokens, int grants) throws InterruptedException {
        return extend(tokens, 0, grants);
    }

    /** The same for the grants from one number to another, which is left out. */
    double extend(TokenSet tokens, int from, int to) throws InterruptedException {
        return send(Lines.registrations(tokens), from, to);
    }

    /** Access tokens a second; all of them are active before, and none afterwards. */
    double revoke(TokenSet tokens, int grants) throws InterruptedException {
        return send(Lines.revocations(tokens), 0, grants);
    }

    private double send(Lines lines, int from, int to) throws InterruptedException {
        HttpClient client = vertx.createHttpClient();
        AtomicInteger next = new AtomicInteger(from);
        long began = System.nanoTime();
        Await.result(Future.all(IntStream.range(0, STREAMS)
                .mapToObj(i -> {
                    Promise<Void> done = Promise.promise();
                    streams(client, lines, to, next, done);
                    return done.future();
                })
                .toList()));
        double rate = (to - from) * 1e9 / (System.nanoTime() - began);
        Await.result(client.close());
        return rate;
    }

    private void streams(HttpClient client, Lines lines, int count, AtomicInteger next, Promise<Void> done) {
        int from = next.getAndAdd(LINES);
        if (from >= count) {
            done.complete();
            return;
        }
        client.request(HttpMethod.POST, port, "127.0.0.1", lines.path())
                .compose(request -> new Upload(request, lines, from, Math.min(count, from + LINES)).run())
                .onSuccess(sent -> streams(client, lines, count, next, done))
                .onFailure(done::tryFail);
    }
}
