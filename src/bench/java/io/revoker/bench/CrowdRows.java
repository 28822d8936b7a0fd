package io.revoker.bench;

import io.revoker.bench.TokenSet.Form;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * How long the revocation of a user takes beside callers that ask for as much as they can, against the same on a service that does nothing else; and
 * against what the machine permits: after each revocation the same caller asks a server beside the service that always answers the same, and writes a key
 * three times in the same Redis, one after the other, which is as often as a revocation waits for it. And how much the callers get by themselves, and beside
 * revocations.
 */
record CrowdRows(WriteRows.Setting setting, Report report) {
    private static final int REVOCATIONS = 300;
    private static final int BATCH_CALLERS = 40;
    private static final int BATCH = 1000;
    private static final int STREAMS = 24;
    private static final int OK = 200;
    private static final int PER_USER = 5;
    private static final int WRITES = 3;
    private static final long BY_THEMSELVES_NANOS = 5_000_000_000L;

    /** Of both the service and what it is held against. */
    private record Times(Latency revocation, Latency yardstick) {}

    void measure() throws IOException, InterruptedException {
        TokenSet checked = new TokenSet("checked", Form.LONE, PER_USER);
        setting.filler().fill(checked, BATCH);
        try (JavaProcess plain = setting.machine().plain("plain".getBytes(StandardCharsets.US_ASCII), Map.of())) {
            revocations("warm-up", plain, () -> false);
            Times alone = revocations("alone", plain, () -> false);
            addAgainstYardstick("alone", alone);
            beside(
                    new Crowd("40 callers of batches of 1,000 checks", "batches", over -> batches(checked, over)),
                    plain,
                    alone);
            beside(new Crowd("24 streams of registrations", "grants", this::streams), plain, alone);
        }
    }

    /** What callers do until it is over. */
    @FunctionalInterface
    private interface Work {
        double perSecond(BooleanSupplier over) throws InterruptedException;
    }

    private record Crowd(String name, String unit, Work work) {}

    private double batches(TokenSet checked, BooleanSupplier over) throws InterruptedException {
        Buffer batch = checked.batchRequest(0, BATCH);
        return new Load(setting.machine().vertx(), setting.service().port(), BATCH_CALLERS).until(over, batch);
    }

    private double streams(BooleanSupplier over) throws InterruptedException {
        TokenSet tokens = new TokenSet("streamed-" + System.nanoTime(), Form.LONE, PER_USER);
        return new Filler(setting.machine().vertx(), setting.service().port()).fill(tokens, STREAMS, over);
    }

    private void beside(Crowd crowd, JavaProcess plain, Times alone) throws IOException, InterruptedException {
        long end = System.nanoTime() + BY_THEMSELVES_NANOS;
        double byThemselves = crowd.work().perSecond(() -> System.nanoTime() > end);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Double> come = CompletableFuture.supplyAsync(
                () -> unchecked(() -> crowd.work().perSecond(over::get)), task -> new Thread(task, "crowd").start());
        try {
            add("beside " + crowd.name(), revocations(crowd.unit(), plain, come::isDone), alone);
        } finally {
            over.set(true);
        }
        report.add(new Row(
                crowd.name() + ", beside revocations",
                setting.persistence().words,
                crowd.unit() + "/s",
                come.join(),
                "the same by themselves",
                byThemselves));
    }

    private static <T> T unchecked(Callable<T> part) {
        try {
            return part.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Of users with five tokens each, one revocation after the other; each must be complete. */
    private Times revocations(String realm, JavaProcess plain, BooleanSupplier broken)
            throws IOException, InterruptedException {
        TokenSet tokens = new TokenSet(realm, Form.LONE, PER_USER);
        setting.filler().fill(tokens, REVOCATIONS * PER_USER);
        Samples samples = new Samples();
        Samples yardstick = new Samples();
        try (Wire operator = Wire.open(setting.service().port());
                Wire other = Wire.open(plain.port());
                Wire redis = Wire.open(setting.redis().port())) {
            for (int i = 0; i < REVOCATIONS; i++) {
                long began = System.nanoTime();
                Wire.Answer answer = operator.call(tokens.userRevocation(i * PER_USER));
                samples.add(System.nanoTime() - began);
                long invalidated = answer.json().path("invalidated_tokens").asLong();
                if (answer.status() != OK || invalidated != PER_USER || broken.getAsBoolean()) {
                    throw new IOException("revocation: " + answer.status() + ' ' + answer.json());
                }
                yardstick.add(yardstick(other, redis, tokens.userRevocation(i * PER_USER)));
            }
        }
        return new Times(Latency.of(samples.take()), Latency.of(yardstick.take()));
    }

    /** Nanoseconds of the same steps without what a revocation does in them. */
    private static long yardstick(Wire plain, Wire redis, Buffer request) throws IOException {
        long began = System.nanoTime();
        plain.call(request);
        for (int i = 0; i < WRITES; i++) {
            redis.command("SET yardstick " + i);
        }
        return System.nanoTime() - began;
    }

    private void add(String beside, Times times, Times alone) {
        add(beside, times.revocation(), "the same alone", alone.revocation());
        addAgainstYardstick(beside, times);
    }

    private void addAgainstYardstick(String beside, Times times) {
        add(beside, times.revocation(), "a plain answer and 3 SETs, one by one", times.yardstick());
    }

    private void add(String beside, Latency latency, String yardstick, Latency reference) {
        latency.named()
                .forEach((percentile, micros) -> report.add(new Row(
                        "revocation of a user " + beside + ", " + percentile,
                        setting.persistence().words,
                        "µs",
                        micros,
                        yardstick,
                        reference.named().getOrDefault(percentile, Double.NaN))));
    }
}
