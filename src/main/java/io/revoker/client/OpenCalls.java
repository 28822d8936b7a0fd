package io.revoker.client;

import io.revoker.client.internal.Ending;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** The calls that have no answer yet. Closing ends them, and every one that comes later. */
final class OpenCalls {
    private final Map<Long, CompletableFuture<?>> calls = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private volatile boolean closed;

    <T> CompletableFuture<T> open() {
        CompletableFuture<T> call = new CompletableFuture<>();
        Long number = last.incrementAndGet();
        calls.put(number, call);
        Ending.of(call, (result, failure) -> calls.remove(number));
        if (closed) {
            end(call);
        }
        return call;
    }

    void close() {
        closed = true;
        calls.values().forEach(OpenCalls::end);
    }

    /** Waits for a call; being interrupted aborts it. */
    static <T> T await(CompletableFuture<T> call) throws IOException {
        try {
            return call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("call: interrupted (expected: an answer)");
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static void end(CompletableFuture<?> call) {
        call.completeExceptionally(new IOException("client: closed (expected: open)"));
    }

    private static IOException failure(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException refusal) {
            throw refusal;
        }
        return e.getCause() instanceof IOException transport
                ? transport
                : new IOException("call: failed (expected: an answer)", e.getCause());
    }
}
