package io.revoker.signing;

import com.nimbusds.jose.JOSEException;
import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signs with keys that can be replaced. A signature takes the JDK up to some milliseconds, so it is made by a thread of
 * its own, and only so many wait. One instance serves all threads; a result comes on the context of its call.
 */
public final class Signer {
    private static final int MOST_WAITING = 1024;
    private static final int WORKERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final WorkerExecutor workers;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile SigningKeys keys;

    public Signer(Vertx vertx, SigningKeys first) {
        this.workers = vertx.createSharedWorkerExecutor("revoker-signing", WORKERS);
        this.keys = first;
    }

    /** Once this call has returned, only these sign and are published. */
    public void replace(SigningKeys next) {
        keys = next;
    }

    /** The algorithm that signs, as {@code alg} has it; empty if there is no key. */
    public Optional<String> algorithm() {
        return keys.first().map(key -> key.algorithm().getName());
    }

    /** A JWK set of the public parts of all keys; empty if there is no key. */
    public Optional<String> published() {
        SigningKeys now = keys;
        return now.first().map(some -> now.published());
    }

    /**
     * A JWS in the compact form. Fails with a {@link Problem}: overloaded if too much waits, unavailable if there is no
     * key any more.
     *
     * @param type the header {@code typ}
     * @param claims JSON
     */
    public Future<String> sign(String type, byte[] claims) {
        Optional<SigningKey> key = keys.first();
        if (key.isEmpty()) {
            return Future.failedFuture(Problem.unavailable("signing.file: no key (expected: one)"));
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(
                    Problem.overloaded("signatures: " + MOST_WAITING + " wait to be made (expected: fewer)"));
        }
        return workers.executeBlocking(() -> signed(key.get(), type, claims), /* ordered= */ false)
                .onComplete(done -> waiting.decrementAndGet());
    }

    private static String signed(SigningKey key, String type, byte[] claims) {
        try {
            return key.sign(type, claims);
        } catch (JOSEException | GeneralSecurityException e) {
            throw Problem.internal("signature: " + e.getClass().getSimpleName() + " (expected: made)");
        }
    }

    /** Lets go of the threads. Does not wait for it, as with those that verify. */
    public void close() {
        workers.close().onFailure(ignored -> waiting.set(0));
    }
}
