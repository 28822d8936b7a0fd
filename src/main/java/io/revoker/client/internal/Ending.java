package io.revoker.client.internal;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** What happens when a future ends, however it ends. */
public final class Ending {
    private Ending() {}

    /**
     * Drops the stage that the future returns: it would add nothing, because the reaction gets the result and the
     * failure.
     *
     * @param reaction gets the result or the failure, must not throw
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    public static <T> void of(CompletableFuture<T> future, BiConsumer<? super T, ? super Throwable> reaction) {
        future.whenComplete(reaction);
    }
}
