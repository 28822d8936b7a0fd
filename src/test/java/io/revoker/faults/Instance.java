package io.revoker.faults;

import io.revoker.domain.Problem;
import io.revoker.faults.FaultProxy.Share;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** An instance of the service that can be killed and started again, with a proxy in front of it. */
final class Instance implements AutoCloseable {
    private static final int ATTEMPTS = 60;

    private final Supplier<Program> starter;
    private final FaultProxy entrance;
    private volatile Program program;

    Instance(Vertx vertx, Supplier<Program> starter) {
        this.starter = starter;
        this.program = started();
        this.entrance = FaultProxy.open(vertx, () -> program.port());
    }

    /** Of the way in. */
    int port() {
        return entrance.port();
    }

    FaultProxy entrance() {
        return entrance;
    }

    boolean isReady() {
        return program.isReady();
    }

    /** Its clients see it first. */
    void kill() {
        entrance.behave(Behaviour.REFUSE, Share.ALL);
        entrance.cut(Share.ALL);
        program.kill();
    }

    void start() {
        program = started();
        entrance.behave(Behaviour.PASS, Share.ALL);
    }

    /** It gives up if Redis does not answer in time, which it may not on a busy machine; whoever runs it starts it again. */
    private Program started() {
        return IntStream.range(0, ATTEMPTS)
                .mapToObj(attempt -> tryStart())
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new AssertionError("an instance does not start"));
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
        program.kill();
    }
}
