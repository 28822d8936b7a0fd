package io.revoker.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** From the start of the process until it is ready: the packaged service with its embedded Redis, and a plain server. */
record StartRows(Machine machine, Sizes sizes, Report report) {

    void measure() throws IOException {
        Median service = new Median();
        Median plain = new Median();
        for (int i = 0; i < sizes.rounds(); i++) {
            try (JavaProcess started = machine.service(machine.work().resolve("start-" + i))) {
                service.add(millis(started));
            }
            try (JavaProcess started = machine.plain(new byte[0], Map.of())) {
                plain.add(millis(started));
            }
        }
        report.add(new Row("start to ready", "own", "ms", service.value(), "plain Vert.x server", plain.value()));
    }

    private static double millis(JavaProcess started) {
        return started.startTime().toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
