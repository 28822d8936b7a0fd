package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkQueueTest {
    private final List<String> begun = new ArrayList<>();
    private final List<Promise<String>> working = new ArrayList<>();

    @Test
    void beginsInTheOrderOfAskingWhatThereIsRoomFor() {
        BulkQueue queue = new BulkQueue(() -> 3);
        take(queue, 2, "a");
        take(queue, 2, "b");
        take(queue, 1, "c");
        assertThat(begun).containsExactly("a");

        working.get(0).complete("done");
        assertThat(begun).containsExactly("a", "b", "c");
    }

    @Test
    void doesWhatIsTooHeavyAlone() {
        BulkQueue queue = new BulkQueue(() -> 3);
        take(queue, 1, "a");
        take(queue, 9, "b");
        take(queue, 1, "c");
        assertThat(begun).containsExactly("a");
        working.get(0).complete("done");
        assertThat(begun).containsExactly("a", "b");
        working.get(1).complete("done");
        assertThat(begun).containsExactly("a", "b", "c");
    }

    @Test
    void goesOnAfterFailures() {
        BulkQueue queue = new BulkQueue(() -> 1);
        Future<String> thrown = queue.take(1, () -> {
            throw new IllegalStateException("x");
        });
        Future<String> failed = queue.take(1, () -> Future.failedFuture("y"));

        assertThat(thrown.cause()).isInstanceOf(IllegalStateException.class);
        assertThat(failed.cause()).hasMessage("y");
        assertThat(take(queue, 1, "a").isComplete()).isFalse();
        assertThat(begun).containsExactly("a");
    }

    /** A chain of a hundred thousand calls would not fit on the stack. */
    @Test
    void doesAnyNumberThatIsAnsweredAtOnce() {
        BulkQueue queue = new BulkQueue(() -> 1);
        Future<String> first = take(queue, 1, "first");
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, 100_000).forEach(i -> queue.take(1, () -> Future.succeededFuture(done.incrementAndGet())));
        working.get(0).complete("done");

        assertThat(first.result()).isEqualTo("done");
        assertThat(done).hasValue(100_000);
    }

    @Test
    void beginsLessBesideRevocations() {
        AtomicLong nanos = new AtomicLong();
        RevocationPriority priority = new RevocationPriority(nanos::get);
        BulkQueue lines = BulkQueue.ofLines(100_000, priority);
        BulkQueue checks = BulkQueue.ofChecks(100_000, priority);
        assertThat(lines.room()).isEqualTo(256);
        assertThat(checks.room()).isEqualTo(512);
        Future<String> large = take(lines, 200, "before");

        Future<String> revocation = priority.take(() -> Future.succeededFuture("done"));

        assertThat(revocation.result()).isEqualTo("done");
        assertThat(lines.room()).isEqualTo(32);
        assertThat(checks.room()).isEqualTo(128);
        take(lines, 1, "beside");
        assertThat(begun).containsExactly("before");
        working.get(0).complete("done");
        assertThat(large.result()).isEqualTo("done");
        assertThat(begun).containsExactly("before", "beside");

        nanos.addAndGet(1_000_000_000);
        take(lines, 200, "after");
        assertThat(begun).containsExactly("before", "beside", "after");
    }

    /** It came when there was more room. */
    @Test
    void doesWhatHasBecomeTooHeavyAlone() {
        AtomicInteger room = new AtomicInteger(10);
        BulkQueue queue = new BulkQueue(room::get);
        take(queue, 6, "a");
        take(queue, 6, "b");
        room.set(2);

        working.get(0).complete("done");

        assertThat(begun).containsExactly("a", "b");
    }

    private Future<String> take(BulkQueue queue, int weight, String name) {
        return queue.take(weight, () -> {
            begun.add(name);
            Promise<String> promise = Promise.promise();
            working.add(promise);
            return promise.future();
        });
    }
}
