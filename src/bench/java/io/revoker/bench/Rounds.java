package io.revoker.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** The rounds of one server: requests a second, and processor time of a request (µs). */
record Rounds(
        Supplier<Duration> processorTime,
        Generator generator,
        Template request,
        Sizes sizes,
        Median rate,
        Median processor) {
    static final double MICROS = 1e6;

    /** @param processorTime that the server has used */
    Rounds(Supplier<Duration> processorTime, Generator generator, Template request, Sizes sizes) {
        this(processorTime, generator, request, sizes, new Median(), new Median());
    }

    /** As long as it is measured: a server that is compared with a twin must not be the younger one. */
    void warmUp() throws IOException, InterruptedException {
        generator.during(sizes.round().multipliedBy(sizes.rounds()), request, sizes.checkTokens());
    }

    /** How many requests were answered. */
    double measure() throws IOException, InterruptedException {
        Duration before = processorTime.get();
        double requests = generator.during(sizes.round(), request, sizes.checkTokens());
        double used = processorTime.get().minus(before).toNanos() / 1e9;
        rate.add(requests);
        double answered = requests * sizes.round().toSeconds();
        processor.add(used * MICROS / answered);
        return answered;
    }
}
