package io.revoker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.faults.FaultProxy.Share;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** An instance of the service that can be killed and is started again, as often as it takes, with a proxy in front of it. */
final class Instance implements AutoCloseable {
    private static final int ATTEMPTS = 60;
    /** On a busy machine it may be cut off more than once, and start several times, before Redis answers it in time. */
    static final Duration PATIENCE = Duration.ofMinutes(2);
    /** A port without a listener. */
    private static final int NOWHERE = 1;

    private final Supplier<Program> starter;
    private final FaultProxy entrance;
    private final ExecutorService runner = Executors.newSingleThreadExecutor();
    private volatile Optional<Program> program;
    private volatile boolean wanted = true;
    private Optional<Program> frozen = Optional.empty();

    Instance(Vertx vertx, Supplier<Program> starter) {
        this.starter = starter;
        this.program = started();
        this.entrance = FaultProxy.open(vertx, () -> program.map(Program::port).orElse(NOWHERE));
    }

    /** Of the way in. */
    int port() {
        return entrance.port();
    }

    FaultProxy entrance() {
        return entrance;
    }

    boolean isReady() {
        return program.filter(Program::isReady).isPresent();
    }

    private String readiness() {
        return program.flatMap(Program::readiness).map(Object::toString).orElse("does not answer");
    }

    /** Its clients see it first. */
    void kill() {
        entrance.behave(Behaviour.REFUSE, Share.ALL);
        entrance.cut(Share.ALL);
        wanted = false;
        CompletableFuture.runAsync(this::end, runner).join();
    }

    private void end() {
        program.ifPresent(Program::kill);
        program = Optional.empty();
    }

    /** Does not wait: while Redis is away it can't start. */
    void start() {
        wanted = true;
        runner.execute(() -> {
            program = started();
            entrance.behave(Behaviour.PASS, Share.ALL);
        });
    }

    /** If it runs: one that was killed a moment ago may still be starting. */
    void freeze() {
        frozen = program;
        frozen.ifPresent(Program::freeze);
    }

    void thaw() {
        frozen.ifPresent(Program::thaw);
        frozen = Optional.empty();
    }

    void awaitReady() {
        Waiting.until(() -> "ready: " + readiness(), PATIENCE, this::isReady);
    }

    /** The program exits if Redis does not answer in time. Its supervisor starts it again, as this does. */
    private Optional<Program> started() {
        for (int attempt = 0; wanted; attempt++) {
            assertThat(attempt).as("attempts to start an instance").isLessThan(ATTEMPTS);
            Optional<Program> fresh = tryStart();
            if (fresh.isPresent()) {
                return fresh;
            }
        }
        return Optional.empty();
    }

    private Optional<Program> tryStart() {
        try {
            return Optional.of(starter.get());
        } catch (Problem unavailable) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        entrance.close();
        CompletableFuture.runAsync(this::end, runner).join();
        runner.shutdown();
    }
}
