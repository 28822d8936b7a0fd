package io.revoker.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** What happens when a future ends, however it ends. */
final class Ending {
    private Ending() {}

    /** @param reaction gets the result or the failure, must not throw */
    @SuppressWarnings("FutureReturnValueIgnored") // The stage that is dropped says what the reaction was told already.
    static <T> void of(CompletableFuture<T> future, BiConsumer<? super T, ? super Throwable> reaction) {
        future.whenComplete(reaction);
    }
}
