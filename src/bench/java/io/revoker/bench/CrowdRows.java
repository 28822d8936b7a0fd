package io.revoker.bench;

import io.revoker.bench.TokenSet.Form;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** How long the revocation of a user takes beside callers that ask for as much as they can, against the same on a service that does nothing else. */
record CrowdRows(WriteRows.Setting setting, Sizes sizes, Report report) {
    private static final int REVOCATIONS = 300;
    private static final int BATCH_CALLERS = 40;
    private static final int BATCH = 1000;
    private static final int STREAMS = 24;
    private static final int OK = 200;
    private static final int PER_USER = 5;

    void measure() throws IOException, InterruptedException {
        TokenSet checked = new TokenSet("checked", Form.LONE, PER_USER);
        setting.filler().fill(checked, BATCH);
        revocations("warm-up", () -> false);
        Latency alone = revocations("alone", () -> false);
        add("beside 40 callers of batches of 1,000 checks", beside(over -> batches(checked, over), "batches"), alone);
        add("beside 24 streams of registrations", beside(this::streams, "streams"), alone);
    }

    /** What callers do until it is over. */
    @FunctionalInterface
    private interface Crowd {
        void come(BooleanSupplier over) throws InterruptedException;
    }

    private void batches(TokenSet checked, BooleanSupplier over) throws InterruptedException {
        Buffer batch = checked.batchRequest(0, BATCH);
        new Load(setting.machine().vertx(), setting.service().port(), BATCH_CALLERS).until(over, batch);
    }

    private void streams(BooleanSupplier over) throws InterruptedException {
        TokenSet tokens = new TokenSet("streamed", Form.LONE, PER_USER);
        new Filler(setting.machine().vertx(), setting.service().port()).fill(tokens, STREAMS, over);
    }

    private Latency beside(Crowd crowd, String realm) throws IOException, InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> come = CompletableFuture.runAsync(
                () -> unchecked(() -> {
                    crowd.come(over::get);
                    return true;
                }),
                task -> new Thread(task, "crowd").start());
        try {
            return revocations(realm, come::isDone);
        } finally {
            over.set(true);
            come.join();
        }
    }

    private static void unchecked(Callable<Boolean> part) {
        try {
            part.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Of users with five tokens each, one revocation after the other; each must be complete. */
    private Latency revocations(String realm, BooleanSupplier broken) throws IOException, InterruptedException {
        TokenSet tokens = new TokenSet(realm, Form.LONE, PER_USER);
        setting.filler().fill(tokens, REVOCATIONS * PER_USER);
        Samples samples = new Samples();
        try (Wire operator = Wire.open(setting.service().port())) {
            for (int i = 0; i < REVOCATIONS; i++) {
                long began = System.nanoTime();
                Wire.Answer answer = operator.call(tokens.userRevocation(i * PER_USER));
                samples.add(System.nanoTime() - began);
                long invalidated = answer.json().path("invalidated_tokens").asLong();
                if (answer.status() != OK || invalidated != PER_USER || broken.getAsBoolean()) {
                    throw new IOException("revocation: " + answer.status() + ' ' + answer.json());
                }
            }
        }
        return Latency.of(samples.take());
    }

    private void add(String beside, Latency latency, Latency alone) {
        latency.named()
                .forEach((percentile, micros) -> report.add(new Row(
                        "revocation of a user " + beside + ", " + percentile,
                        setting.persistence().words,
                        "µs",
                        micros,
                        "the same alone",
                        alone.named().getOrDefault(percentile, Double.NaN))));
    }
}
