package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Checks at a fixed rate while a realm is swept, against the same without. */
record LatencyRows(Subject subject, ScaleSizes sizes, Report report) {
    private static final int SWEEPS = 4;

    /**
     * Without and with Redis writing to disk at every step, and leaves it so.
     *
     * @param checked tokens that are not swept
     */
    void measure(TokenSet checked, SweepTarget swept) throws IOException, InterruptedException {
        for (Persistence persistence : List.of(Persistence.NONE, Persistence.ALWAYS)) {
            subject.topology().persist(persistence);
            measure(checked, swept, persistence);
        }
    }

    private void measure(TokenSet checked, SweepTarget swept, Persistence persistence)
            throws IOException, InterruptedException {
        Template request = checked.checkRequest();
        int count = sizes.base().checkTokens();
        try (OpenLoop loop = OpenLoop.start(
                subject.machine().vertx(),
                subject.service().port(),
                number -> request.numbered(number % count),
                sizes.rate())) {
            pause(loop);
            pause(loop);
            Latency without = Latency.of(pause(loop));
            add(swept, persistence, Latency.of(whileSwept(loop, swept)), without);
        }
    }

    private long[] pause(OpenLoop loop) throws InterruptedException {
        Thread.sleep(sizes.base().round().multipliedBy(2).toMillis());
        return loop.lap();
    }

    private long[] whileSwept(OpenLoop loop, SweepTarget swept) throws IOException, InterruptedException {
        List<long[]> laps = new ArrayList<>();
        for (int i = 0; i < SWEEPS; i++) {
            loop.lap();
            subject.sweep(swept);
            laps.add(loop.lap());
            subject.revive();
        }
        return laps.stream().flatMapToLong(LongStream::of).toArray();
    }

    private void add(SweepTarget swept, Persistence persistence, Latency during, Latency without) {
        during.named()
                .forEach((percentile, micros) -> report.add(new Row(
                        "check while sweeping a " + swept.words() + ", " + percentile,
                        persistence.words,
                        "µs",
                        micros,
                        "the same without a sweep, open loop, %,d/s".formatted(sizes.rate()),
                        without.named().getOrDefault(percentile, Double.NaN))));
    }
}
