package io.revoker.bench;

import java.io.IOException;
import java.time.Duration;

/** The heap of the service while it sweeps, over what it is when the service does nothing. */
record HeapRows(Subject subject, Report report) {
    private static final double MEGABYTE = 1 << 20;
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration OFTEN = Duration.ofMillis(20);

    void measure(SweepTarget swept) throws IOException, InterruptedException {
        try (HeapWatch heap = HeapWatch.attach(subject.service().pid())) {
            long idle = heap.alive();
            long used = HeapWatch.most(heap::used, OFTEN, () -> subject.sweep(swept));
            subject.revive();
            long alive = HeapWatch.most(heap::alive, EVERY, () -> subject.sweep(swept));
            subject.revive();
            add("heap alive while sweeping a " + swept.words(), alive, idle);
            add("heap with its garbage while sweeping a " + swept.words(), used, idle);
        }
    }

    private void add(String measure, long bytes, long idle) {
        report.add(new Row(
                measure, "appendfsync always", "MB", bytes / MEGABYTE, "idle, after a collection", idle / MEGABYTE));
    }
}
