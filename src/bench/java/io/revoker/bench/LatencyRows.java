package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.revoker.bench.TokenSet.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Checks at a fixed rate while a realm is swept, against the same without. */
record LatencyRows(Subject subject, ScaleSizes sizes, Report report) {
    private static final int SWEEPS = 4;

    /** Each is asked about again before long, so hardly any check has to ask Redis. */
    private static final int REMEMBERED = 1000;

    /** How checks are answered. */
    private record Answers(String words, List<String> settings, int tokens) {}

    /** On a Redis of their own, checks that ask Redis, and checks that are answered from memory. */
    static void measure(Machine machine, ScaleSizes sizes, Report report) throws IOException, InterruptedException {
        List<Answers> all = List.of(
                new Answers("check", List.of(), sizes.base().checkTokens()),
                new Answers("check from memory", List.of("--check.near-cache.enabled=true"), REMEMBERED));
        TokenSet checked = new TokenSet("check", Form.LONE, 5);
        TokenSet swept = new TokenSet("swept", Form.LONE, 5);
        for (Answers answers : all) {
            try (Subject one = Subject.start(machine, Topology.one(machine), answers.settings())) {
                one.extend(checked, 0, answers.tokens());
                one.extend(swept, 0, sizes.middle());
                LatencyRows rows = new LatencyRows(one, sizes, report);
                SweepTarget realm = SweepTarget.realm(swept, sizes.middle());
                rows.warmUp(realm);
                rows.measure(answers.words(), checked, answers.tokens(), realm);
            }
        }
    }

    /** The compilers are busy during the first sweeps. */
    private void warmUp(SweepTarget swept) throws IOException, InterruptedException {
        for (int i = 0; i < SWEEPS; i++) {
            subject.sweep(swept);
            subject.revive();
        }
    }

    /**
     * Without and with Redis writing to disk at every step, and leaves it so.
     *
     * @param checked tokens that are not swept
     */
    void measure(TokenSet checked, SweepTarget swept) throws IOException, InterruptedException {
        measure("check", checked, sizes.base().checkTokens(), swept);
    }

    private void measure(String words, TokenSet checked, int count, SweepTarget swept)
            throws IOException, InterruptedException {
        for (Persistence persistence : List.of(Persistence.NONE, Persistence.ALWAYS)) {
            subject.topology().persist(persistence);
            measure(words, checked.checkRequest(), count, swept, persistence);
        }
    }

    private void measure(String words, Template request, int count, SweepTarget swept, Persistence persistence)
            throws IOException, InterruptedException {
        try (OpenLoop loop = OpenLoop.start(
                subject.machine().vertx(),
                subject.service().port(),
                number -> request.numbered(number % count),
                sizes.rate())) {
            pause(loop);
            pause(loop);
            Latency without = Latency.of(pause(loop));
            add(words, swept, persistence, Latency.of(whileSwept(loop, swept)), without);
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

    private void add(String words, SweepTarget swept, Persistence persistence, Latency during, Latency without) {
        during.named()
                .forEach((percentile, micros) -> report.add(new Row(
                        words + " while sweeping a " + swept.words() + ", " + percentile,
                        persistence.words,
                        "µs",
                        micros,
                        "the same without a sweep, open loop, %,d/s".formatted(sizes.rate()),
                        without.named().getOrDefault(percentile, Double.NaN))));
    }
}
