package io.revoker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * The time from the request that revokes a realm until the first check of one of its tokens is refused, on a service that does nothing else. Each time
 * it is a token that was registered just before; the counting is stopped, so that the next one begins at rest.
 */
record EffectRows(Subject subject, ScaleSizes sizes, Report report) {
    /** Beyond those that are swept. */
    private static final int FIRST_GRANT = 99_000_000;

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final String NOT_WAITING = "?wait_for_completion=false";

    /** @param realm that a token is added to for each revocation */
    void measure(SweepTarget realm, TokenSet tokens) throws IOException, InterruptedException {
        Latency waiting = measure(tokens, "", 0);
        Latency notWaiting = measure(tokens, NOT_WAITING, sizes.effects());
        waiting.named()
                .forEach((percentile, micros) -> report.add(new Row(
                        "%s, %s, first refusal, %s".formatted(subject.topology().name(), realm.words(), percentile),
                        "appendfsync always",
                        "µs",
                        micros,
                        "the same with wait_for_completion=false",
                        notWaiting.named().getOrDefault(percentile, Double.NaN))));
    }

    private Latency measure(TokenSet tokens, String query, int offset) throws IOException, InterruptedException {
        Samples samples = new Samples();
        int port = subject.service().port();
        try (Wire operator = Wire.open(port);
                Wire gateway = Wire.open(port)) {
            for (int i = 0; i < sizes.effects(); i++) {
                int grant = FIRST_GRANT + offset + i;
                expect(CREATED, operator.call(tokens.registrationRequest(grant)));
                Buffer check = tokens.checkRequest().numbered(grant);
                expect(OK, gateway.call(check));
                samples.add(untilRefused(operator, gateway, tokens.realmRevocation(query), check));
                stopSweep(gateway);
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
        while (status == OK) {
            status = gateway.call(check).status();
        }
        long nanos = System.nanoTime() - began;
        if (status != UNAUTHORIZED) {
            throw new IOException("check: " + status + " (expected: 200, then 401)");
        }
        return nanos;
    }

    private static void stopSweep(Wire wire) throws IOException {
        JsonNode list = wire.call(get("/v1/sweeps")).json();
        for (JsonNode sweep : list.path("sweeps")) {
            if (sweep.path("state").asText().equalsIgnoreCase("running")) {
                String path = "/v1/sweeps/" + sweep.path("sweep").asText();
                wire.call(Buffer.buffer("DELETE " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
        }
    }

    private static Buffer get(String path) {
        return Buffer.buffer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private static void expect(int status, Wire.Answer answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException("answer: " + answer.status() + " (expected: " + status + ")");
        }
    }
}
