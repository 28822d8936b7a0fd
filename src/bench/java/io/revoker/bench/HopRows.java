package io.revoker.bench;

import java.io.IOException;
import java.util.Map;

/**
 * What a request costs more that goes over the event bus to a verticle of its own event loop and back: two plain
 * servers, by turns.
 */
record HopRows(Machine machine, Program wrk, Sizes sizes, Report report) {
    private static final int CONNECTIONS = 64;

    void measure(Template request) throws IOException, InterruptedException {
        try (JavaProcess with = machine.plainWithHop(new byte[0], Map.of());
                JavaProcess without = machine.plain(new byte[0], Map.of())) {
            Rounds hopping = rounds(with, request);
            Rounds plain = rounds(without, request);
            hopping.warmUp();
            plain.warmUp();
            for (int i = 0; i < sizes.rounds(); i++) {
                hopping.measure();
                plain.measure();
            }
            add("requests/s", hopping.rate(), plain.rate());
            add("µs/request", hopping.processor(), plain.processor());
        }
    }

    private Rounds rounds(JavaProcess server, Template request) {
        Wrk generator = new Wrk(wrk, machine.work(), server.port(), CONNECTIONS);
        return new Rounds(server::processorTime, generator, request, sizes);
    }

    private void add(String unit, Median hopping, Median plain) {
        report.add(new Row(
                "plain server with an event-bus hop for each request",
                "closed loop",
                unit,
                hopping.value(),
                "without",
                plain.value()));
    }
}
