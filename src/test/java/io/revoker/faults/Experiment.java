package io.revoker.faults;

import io.revoker.faults.Timeline.Over;
import io.revoker.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A schedule that is played while callers work; then everything is looked at, revoked, and looked at again. */
final class Experiment {
    private static final int CALLERS = 3;
    private static final int BATCH = 500;
    private static final int CALM_PAIRS = 10;

    private final Schedule schedule;
    private final Site site;
    private final History history = new History();
    private final AtomicBoolean goOn = new AtomicBoolean(true);

    private Experiment(Schedule schedule, Site site) {
        this.schedule = schedule;
        this.site = site;
    }

    static Result run(Schedule schedule, Program.Starter starter) {
        try (Site site = Site.start(schedule.topology().start(), starter)) {
            return new Experiment(schedule, site).result();
        }
    }

    private Result result() {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS * Site.INSTANCES);
        try {
            Random random = new Random(schedule.seed());
            List<CompletableFuture<Void>> working = IntStream.range(0, CALLERS * Site.INSTANCES)
                    .mapToObj(i -> caller(i % Site.INSTANCES, random.nextLong()))
                    .map(caller -> CompletableFuture.runAsync(() -> caller.work(goOn::get), threads))
                    .toList();
            List<Over> faults = new Timeline().play(schedule, site);
            site.heal();
            awaitService(System.nanoTime());
            goOn.set(false);
            working.forEach(CompletableFuture::join);
            List<String> violations = new ArrayList<>(reckon());
            Promises promises = new Promises(history, site.losses());
            violations.addAll(promises.violations());
            return new Result(schedule, history, faults, violations, promises.countsAreExact());
        } finally {
            goOn.set(false);
            threads.shutdown();
        }
    }

    private Caller caller(int instance, long seed) {
        return new Caller(
                instance, new HttpDoor(() -> site.instances().get(instance).port()), history, new Random(seed));
    }

    /** Each instance serves all that is asked of it. */
    private void awaitService(long since) {
        for (int i = 0; i < Site.INSTANCES; i++) {
            int instance = i;
            Waiting.until(
                    "instance " + i + " serves again: " + schedule,
                    Instance.PATIENCE,
                    () -> Result.firstServed(history, instance, since).isPresent());
        }
    }

    /** Now that all is well, whatever came before: what is the state of everything, and can it be counted? */
    private List<String> reckon() {
        site.instances().forEach(Instance::awaitReady);
        List<Caller> callers = IntStream.range(0, Site.INSTANCES)
                .mapToObj(instance -> caller(instance, instance))
                .toList();
        callers.forEach(this::checkEverything);
        Stream.of("realm0", "realm1")
                .map(Target.Realm::new)
                .forEach(realm -> Waiting.until(
                        "revoked: " + schedule,
                        () -> callers.get(0).revoke(realm).status() == 200));
        callers.forEach(this::checkEverything);
        return countCalm(callers.get(0), callers.get(1));
    }

    /** Every token of a holder that no fault has touched is counted. */
    private static List<String> countCalm(Caller one, Caller other) {
        List<Issued> tokens = one.registerPairs("calm", "sea", CALM_PAIRS);
        Door.Ended ended = other.revoke(new Target.Realm("calm"));
        return ended.status() != 200 || ended.invalidated() == tokens.size()
                ? List.of()
                : List.of("promise 3: " + ended + " (expected: " + tokens.size() + " tokens invalidated)");
    }

    private void checkEverything(Caller caller) {
        List<Issued> tokens = new ArrayList<>(history.tokens());
        for (int from = 0; from < tokens.size(); from += BATCH) {
            List<Issued> some = tokens.subList(from, Math.min(from + BATCH, tokens.size()));
            Waiting.until(
                    "checked: " + schedule, () -> caller.checkAll(some).get(0).status() == 200);
        }
    }
}
