package io.revoker.client.feed;

import io.revoker.testing.Waiting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
    @Test
    void goesOnAndEndsIfTheReportOfAFailureFails() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger uncaught = new AtomicInteger();
        Loop loop = new Loop("loop-test", failure -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.incrementAndGet());
            throw new IllegalStateException("a listener that fails");
        });
        loop.every(Duration.ofMillis(10), () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("a task that fails");
        });
        Waiting.until("again", () -> runs.get() >= 3 && uncaught.get() >= 3);

        CountDownLatch last = new CountDownLatch(1);
        loop.close(() -> {
            last.countDown();
            throw new IllegalStateException("a last task that fails");
        });
        Waiting.until(
                "the end of its thread",
                () -> last.getCount() == 0
                        && Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(one -> one.getName().equals("loop-test")));
    }
}
