package io.revoker.cli.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long a read is repeated that the service can't answer now.
 *
 * @param whole from the first such answer to the last repetition
 * @param shortest pause between two of them
 * @param longest pause between two of them
 */
record Patience(Duration whole, Duration shortest, Duration longest) {
    /** That of the commands. */
    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** The first answer that does not say to ask again later, or the last one. */
    ServiceAnswer answer(Supplier<ServiceAnswer> read) {
        ServiceAnswer answer = read.get();
        long begin = System.nanoTime();
        while (answer.isWorthRepeating()) {
            Duration pause = pause(answer.header("Retry-After"));
            if (System.nanoTime() - begin + pause.toNanos() > whole.toNanos()) {
                return answer;
            }
            Executor later = CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS);
            CompletableFuture.runAsync(() -> {}, later).join();
            answer = read.get();
        }
        return answer;
    }

    /** What the service asks for, within the bounds; a date counts as nothing. */
    Duration pause(Optional<String> retryAfter) {
        return retryAfter
                .filter(text -> text.matches("[0-9]+"))
                .map(text -> text.length() > 9 ? longest : Duration.ofSeconds(Long.parseLong(text)))
                .map(asked -> asked.compareTo(longest) > 0 ? longest : asked)
                .filter(asked -> asked.compareTo(shortest) > 0)
                .orElse(shortest);
    }
}
