package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RawConnection.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A client that remembers every acknowledgement, and holds the service to it. What was not acknowledged it knows nothing of. */
final class Ledger {
    private static final long PAUSE_NANOS = 5_000_000;

    private final Random random;
    private final Supplier<JarProcess> service;
    private final List<String> live = new ArrayList<>();
    private final List<String> dead = new ArrayList<>();
    private int tokens;
    private int unanswered;
    private final AtomicInteger successes = new AtomicInteger();

    Ledger(Random random, Supplier<JarProcess> service) {
        this.random = random;
        this.service = service;
    }

    /** Registers, invalidates or checks, on one connection until it breaks. */
    void work(BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            try (RawConnection connection = service.get().connect()) {
                while (goOn.getAsBoolean()) {
                    step(connection);
                }
            } catch (UncheckedIOException broken) {
                unanswered++;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Requests that were answered with what they asked for, and not with 503. */
    int successes() {
        return successes.get();
    }

    /** Everything acknowledged holds. */
    void verify() {
        try (RawConnection connection = service.get().connect()) {
            live.forEach(token ->
                    assertThat(checked(connection, token)).as("live " + token).isEqualTo(200));
            dead.forEach(token ->
                    assertThat(checked(connection, token)).as("dead " + token).isEqualTo(401));
        }
    }

    @Override
    public String toString() {
        return "live=" + live.size() + " dead=" + dead.size() + " unanswered=" + unanswered + " successes=" + successes;
    }

    private void step(RawConnection connection) {
        switch (random.nextInt(5)) {
            case 0, 1 -> register(connection, "t" + tokens++);
            case 2 -> invalidate(connection);
            case 3 -> check(connection, live, 200);
            default -> check(connection, dead, 401);
        }
    }

    private void register(RawConnection connection, String token) {
        Answer answer = connection.exchange(Requests.register(token));
        assertThat(answer.status()).as(answer.body()).isIn(201, 503);
        if (answer.status() == 201) {
            successes.incrementAndGet();
            live.add(token);
        }
    }

    private void invalidate(RawConnection connection) {
        if (live.isEmpty()) {
            return;
        }
        String token = live.remove(random.nextInt(live.size()));
        Answer answer = connection.exchange(Requests.invalidate(token));
        assertThat(answer.status()).as(answer.body()).isIn(200, 503);
        if (answer.status() == 200) {
            successes.incrementAndGet();
            dead.add(token);
        }
    }

    private void check(RawConnection connection, List<String> tokensOfAState, int expected) {
        if (!tokensOfAState.isEmpty()) {
            String token = tokensOfAState.get(random.nextInt(tokensOfAState.size()));
            int status = connection.exchange(Requests.check(token)).status();
            assertThat(status).as(token).isIn(expected, 503);
            if (status == expected) {
                successes.incrementAndGet();
            }
        }
    }

    /** The answer, once there is one: some connections to Redis come back later than others. */
    private int checked(RawConnection connection, String token) {
        AtomicInteger status = new AtomicInteger();
        service.get().until("an answer", () -> {
            status.set(connection.exchange(Requests.check(token)).status());
            return status.get() != 503;
        });
        return status.get();
    }
}
