package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sweeps on one topology, each beside its own calls sent without the service; in the end all are held against plain SETs. */
final class SweepRows {
    private static final List<Persistence> IN_TURN = List.of(Persistence.NONE, Persistence.ALWAYS);

    private final Subject subject;
    private final Report report;
    private final List<Result> results = new ArrayList<>();

    SweepRows(Subject subject, Report report) {
        this.subject = subject;
        this.report = report;
    }

    /** Tokens a second of the service, and of its calls alone. */
    private record Result(SweepTarget target, Persistence persistence, double rate, double ceiling) {
        double seconds() {
            return target.tokens() / rate;
        }
    }

    /** Leaves the tokens as they were, and Redis writing to disk at every step. */
    void measure(SweepTarget target) throws IOException, InterruptedException {
        Capture calls = Capture.of(subject, target);
        subject.revive();
        for (Persistence persistence : IN_TURN) {
            subject.topology().persist(persistence);
            Median rate = new Median();
            Median ceiling = new Median();
            for (int i = 0; i < target.rounds(); i++) {
                rate.add(subject.sweep(target));
                subject.revive();
                ceiling.add(calls.replay(target));
                subject.revive();
            }
            results.add(new Result(target, persistence, rate.value(), ceiling.value()));
            report.progress("%s, %s, %s: %,.0f of %,.0f tokens/s"
                    .formatted(
                            subject.topology().name(),
                            persistence.words,
                            target.words(),
                            rate.value(),
                            ceiling.value()));
        }
    }

    /** @param sets on the same servers, in the same run */
    void report(SetRates sets) {
        for (Result result : results) {
            add(result, "the same script calls alone", result.ceiling);
            add(result, SetRates.HOT.words(), sets.of(result.persistence).hot());
            add(result, SetRates.SPREAD.words(), sets.of(result.persistence).spread());
        }
        IN_TURN.forEach(this::grow);
    }

    private void add(Result result, String yardstick, double reference) {
        report.add(new Row(
                subject.topology().name() + ", " + result.target.words(),
                result.persistence.words,
                "tokens/s",
                result.rate,
                yardstick,
                reference));
    }

    private void grow(Persistence persistence) {
        List<Growth.Point> points = results.stream()
                .filter(result -> result.persistence == persistence)
                .filter(result -> result.target.words().endsWith("five a user"))
                .map(result -> new Growth.Point(result.target.tokens(), result.seconds()))
                .toList();
        report.add(new Growth(subject.topology().name() + ", " + persistence.words, points));
    }
}
