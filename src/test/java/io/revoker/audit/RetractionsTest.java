package io.revoker.audit;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often it is tried to take something back, and until when. */
class RetractionsTest {
    private static final int NAMES = 1000;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> forgotten = new ArrayList<>();
    private volatile boolean fails = true;
    private final Retractions retractions = new Retractions(context, this::forget);

    private Future<Void> forget(List<String> names) {
        calls.incrementAndGet();
        if (fails) {
            return Future.failedFuture("not connected");
        }
        forgotten.addAll(names);
        return Future.succeededFuture();
    }

    @AfterEach
    void close() {
        get(vertx.close());
    }

    private static String name(int number) {
        return "name/" + number;
    }

    private void add() {
        for (int i = 0; i < NAMES; i++) {
            String name = name(i);
            get(OnLoop.on(context, () -> {
                retractions.add(name);
                return Future.succeededFuture();
            }));
        }
    }

    @Test
    void triesSeldomHoweverManyAreAddedWhileNothingCanBeTakenBack() {
        long begun = System.nanoTime();
        add();
        until("tried again", () -> calls.get() >= 3);

        assertThat(calls.get()).isLessThanOrEqualTo((int) ((System.nanoTime() - begun) / PAUSE.toNanos()) + 1);
    }

    @Test
    void takesEachBackOnceWhenThatWorksAgain() {
        add();
        fails = false;

        get(OnLoop.on(context, retractions::end));

        assertThat(forgotten)
                .containsExactlyElementsOf(IntStream.range(0, NAMES)
                        .mapToObj(RetractionsTest::name)
                        .toList());
    }

    @Test
    void endsThoughNothingCanBeTakenBack() {
        add();

        get(OnLoop.on(context, retractions::end));

        assertThat(calls.get()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void endsIfThereIsNothingToTakeBack() {
        get(OnLoop.on(context, retractions::end));

        assertThat(calls.get()).isZero();
    }
}
