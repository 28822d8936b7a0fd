package io.revoker.client.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The one thread on which a view changes. What fails there is reported; the next task follows. */
public final class Loop {
    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<Throwable> failures;
    private volatile boolean closed;
    private volatile Optional<Thread> own = Optional.empty();

    /**
     * Begins.
     *
     * @param failures called on the thread
     */
    public Loop(String name, Consumer<Throwable> failures) {
        this.failures = failures;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            own = Optional.of(made);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRejectedExecutionHandler((task, closing) -> {});
    }

    /** What is done on it. */
    public interface Task {
        /** May fail. */
        void run() throws Exception;
    }

    /** Soon. Nothing after {@link #close}. */
    public void run(Task task) {
        thread.execute(() -> attempt(task));
    }

    /** Later. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is not cancelled, and fails with nothing
    public void after(Duration delay, Task task) {
        thread.schedule(() -> attempt(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Again and again, now for the first time. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void every(Duration interval, Task task) {
        thread.scheduleWithFixedDelay(() -> attempt(task), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void attempt(Task task) {
        if (closed) {
            return;
        }
        try {
            task.run();
        } catch (Exception | Error e) {
            report(e);
        }
    }

    /** An exception that left this would end what is done again and again. */
    private void report(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Exception | Error e) {
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, e);
        }
    }

    /** Whether it is on it that this is called. */
    public boolean isCaller() {
        return own.filter(Thread.currentThread()::equals).isPresent();
    }

    /** Runs a last task, and nothing after it. */
    public void close(Task last) {
        thread.execute(() -> {
            try {
                attempt(last);
            } finally {
                closed = true;
                thread.shutdownNow();
            }
        });
    }
}
