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

    /** Medians of some rounds: tokens a second of the service and of its calls alone; processor seconds of a sweep. */
    private record Result(
            SweepTarget target, Persistence persistence, Median rate, Median ceiling, Median service, Median redis) {
        Result(SweepTarget target, Persistence persistence) {
            this(target, persistence, new Median(), new Median(), new Median(), new Median());
        }

        double seconds() {
            return target.tokens() / rate.value();
        }
    }

    /** Leaves the tokens as they were, and Redis writing to disk at every step. */
    void measure(SweepTarget target) throws IOException, InterruptedException {
        Capture calls = Capture.of(subject, target);
        subject.revive();
        for (Persistence persistence : IN_TURN) {
            subject.topology().persist(persistence);
            Result result = new Result(target, persistence);
            for (int i = 0; i < target.rounds(); i++) {
                sweep(result);
                result.ceiling.add(calls.replay(target));
                subject.revive();
            }
            results.add(result);
            addUsed(result);
            add(result, "the same script calls alone", result.ceiling.value());
        }
    }

    private void sweep(Result result) throws IOException, InterruptedException {
        double service = serviceSeconds();
        double redis = subject.redisSeconds();
        result.rate.add(subject.sweep(result.target));
        result.service.add(serviceSeconds() - service);
        result.redis.add(subject.redisSeconds() - redis);
        subject.revive();
    }

    /** @param sets on the same servers, in the same run */
    void report(SetRates sets) {
        for (Result result : results) {
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
                result.rate.value(),
                yardstick,
                reference));
    }

    private void addUsed(Result result) {
        report.add(new Row(
                subject.topology().name() + ", " + result.target.words() + ", processor of Redis",
                result.persistence.words,
                "s in %.2f s".formatted(result.seconds()),
                result.redis.value(),
                "processor of the service",
                result.service.value()));
    }

    private double serviceSeconds() {
        return subject.service().processorTime().toMillis() / 1000.0;
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
