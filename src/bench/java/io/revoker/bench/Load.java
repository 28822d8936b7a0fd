package io.revoker.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Our load generator: keep-alive connections, on each of them one request after the other, written as bytes that are ready. */
record Load(Vertx vertx, int port, int connections) implements Generator {
    private static final int LOOPS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    @Override
    public String name() {
        return "own load generator (wrk is not on the PATH)";
    }

    @Override
    public double during(Duration time, Template request, int count) throws InterruptedException {
        return during(time, request::numbered, count);
    }

    /** The same for requests of any form. */
    double during(Duration time, IntFunction<Buffer> request, int count) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        return run(() -> System.nanoTime() < end
                ? Optional.of(request.apply(Math.floorMod(next.getAndIncrement(), count)))
                : Optional.empty());
    }

    /** Requests a second, with each of the requests 0 to {@code count - 1} once. */
    double once(int count, IntFunction<Buffer> request) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        return run(() -> {
            int number = next.getAndIncrement();
            return number < count ? Optional.of(request.apply(number)) : Optional.empty();
        });
    }

    /** Requests a second, with one request over and over. */
    double until(BooleanSupplier over, Buffer request) throws InterruptedException {
        return run(() -> over.getAsBoolean() ? Optional.empty() : Optional.of(request));
    }

    private double run(Supplier<Optional<Buffer>> requests) throws InterruptedException {
        List<LoadVerticle> loops = IntStream.range(0, LOOPS)
                .mapToObj(i -> new LoadVerticle(port, connections / LOOPS, requests))
                .toList();
        List<Future<String>> deployed = loops.stream()
                .map(loop -> vertx.deployVerticle(loop, new DeploymentOptions()))
                .toList();
        Await.result(Future.all(deployed));
        Await.result(Future.all(loops.stream().map(LoadVerticle::done).toList()));
        for (Future<String> id : deployed) {
            Await.result(vertx.undeploy(id.result()));
        }
        return loops.stream().mapToDouble(LoadVerticle::rate).sum();
    }
}
