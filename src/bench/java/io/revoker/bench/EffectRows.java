package io.revoker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.bench.RedisServer.Persistence;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The time from the request that revokes a realm until the first check of one of its tokens is refused, on a service that does nothing else. Each time
 * it is a token that was registered just before; the counting is stopped, so that the next one begins at rest.
 */
record EffectRows(Subject subject, ScaleSizes sizes, Report report) {
    /** Beyond those that are swept. */
    private static final int FIRST_GRANT = 99_000_000;

    /** Times as many as are measured: revoking is what a service has done least until then. */
    private static final int WARM_UP = 4;

    /** Of both ways to ask, those to warm up included. */
    private static final int ROUNDS = 2 * (WARM_UP + 1);

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final String NOT_WAITING = "?wait_for_completion=false";

    /**
     * With Redis writing to disk at every step, and without, which tells what of the time is the disk's; leaves it writing.
     *
     * @param realm that a token is added to for each revocation
     */
    void measure(SweepTarget realm, TokenSet tokens) throws IOException, InterruptedException {
        int first = FIRST_GRANT;
        for (Persistence persistence : List.of(Persistence.NONE, Persistence.ALWAYS)) {
            subject.topology().persist(persistence);
            measure(realm, tokens, persistence, first);
            first += ROUNDS * sizes.effects();
        }
    }

    private void measure(SweepTarget realm, TokenSet tokens, Persistence persistence, int first)
            throws IOException, InterruptedException {
        Latency waiting = measure(tokens, "", first);
        Latency notWaiting = measure(tokens, NOT_WAITING, first + ROUNDS / 2 * sizes.effects());
        waiting.named()
                .forEach((percentile, micros) -> report.add(new Row(
                        "%s, %s, first refusal, %s".formatted(subject.topology().name(), realm.words(), percentile),
                        persistence.words,
                        "µs",
                        micros,
                        "the same with wait_for_completion=false",
                        notWaiting.named().getOrDefault(percentile, Double.NaN))));
    }

    private Latency measure(TokenSet tokens, String query, int first) throws IOException, InterruptedException {
        Samples samples = new Samples();
        int warmUp = sizes.effects() * WARM_UP;
        int port = subject.service().port();
        try (Wire operator = Wire.open(port);
                Wire gateway = Wire.open(port)) {
            for (int i = 0; i < warmUp + sizes.effects(); i++) {
                int grant = first + i;
                expect(CREATED, operator.call(tokens.registrationRequest(grant)));
                Buffer check = tokens.checkRequest().numbered(grant);
                expect(OK, gateway.call(check));
                long nanos = untilRefused(operator, gateway, tokens.realmRevocation(query), check);
                if (i >= warmUp) {
                    samples.add(nanos);
                }
                stopSweeps(gateway);
                operator.receive();
            }
        }
        return Latency.of(samples.take());
    }

    /** Nanoseconds; the answer to the revocation is left to be read. */
    private static long untilRefused(Wire operator, Wire gateway, Buffer revocation, Buffer check) throws IOException {
        long began = System.nanoTime();
        operator.send(revocation);
        int status = gateway.call(check).status();
        while (status == OK && System.nanoTime() - began < PATIENCE) {
            status = gateway.call(check).status();
        }
        long nanos = System.nanoTime() - began;
        if (status != UNAUTHORIZED) {
            throw new IOException("check: " + status + " (expected: 200, then 401)");
        }
        return nanos;
    }

    private static void stopSweeps(Wire wire) throws IOException {
        for (JsonNode sweep : wire.call(request("GET /v1/sweeps")).json().path("sweeps")) {
            if (sweep.path("state").asText().equals("running")) {
                wire.call(request("DELETE /v1/sweeps/" + sweep.path("sweep").asText()));
            }
        }
    }

    private static Buffer request(String line) {
        return Buffer.buffer(line + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private static void expect(int status, Wire.Answer answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException("answer: " + answer.status() + " (expected: " + status + ")");
        }
    }
}
