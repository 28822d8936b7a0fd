package io.revoker.faults;

import io.revoker.domain.Problem;
import io.revoker.faults.FaultProxy.Share;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An instance of the service that can be killed and started again, with a proxy in front of it. */
final class Instance implements AutoCloseable {
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
        List<Program> running = new ArrayList<>();
        Waiting.until("an instance starts", () -> tryStart().map(running::add).orElse(false));
        return running.get(0);
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
