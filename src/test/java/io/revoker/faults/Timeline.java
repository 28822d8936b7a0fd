package io.revoker.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Plays a schedule, and remembers when each fault was over. */
final class Timeline {
    private record Step(long millis, Runnable action) {}

    /** A fault that is over, on the clock of the events. */
    record Over(Fault fault, long begun, long ended) {}

    private final List<Over> over = new ArrayList<>();

    List<Over> play(Schedule schedule, Site site) {
        List<Step> steps = new ArrayList<>();
        schedule.faults().forEach(timed -> {
            long[] begun = new long[1];
            steps.add(new Step(timed.begin(), () -> {
                begun[0] = System.nanoTime();
                timed.fault().begin().accept(site);
            }));
            steps.add(new Step(timed.end(), () -> {
                timed.fault().end().accept(site);
                over.add(new Over(timed.fault(), begun[0], System.nanoTime()));
            }));
        });
        steps.sort(Comparator.comparingLong(Step::millis));
        long start = System.nanoTime();
        for (Step step : steps) {
            parkUntil(start + Duration.ofMillis(step.millis()).toNanos());
            step.action().run();
        }
        return List.copyOf(over);
    }

    private static void parkUntil(long instant) {
        for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
