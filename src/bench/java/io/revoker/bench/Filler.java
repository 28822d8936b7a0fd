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
        return send(Lines.registrations(tokens), grants);
    }

    /** Access tokens a second; all of them are active before, and none afterwards. */
    double revoke(TokenSet tokens, int grants) throws InterruptedException {
        return send(Lines.revocations(tokens), grants);
    }

    private double send(Lines lines, int count) throws InterruptedException {
        HttpClient client = vertx.createHttpClient();
        AtomicInteger next = new AtomicInteger();
        long began = System.nanoTime();
        Await.result(Future.all(IntStream.range(0, STREAMS)
                .mapToObj(i -> {
                    Promise<Void> done = Promise.promise();
                    streams(client, lines, count, next, done);
                    return done.future();
                })
                .toList()));
        double rate = count * 1e9 / (System.nanoTime() - began);
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
