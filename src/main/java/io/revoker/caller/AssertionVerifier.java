package io.revoker.caller;

import io.vertx.core.Future;
import java.util.Optional;

/** Verifies what clients sign to prove who they are, <a href="https://www.rfc-editor.org/rfc/rfc7523">RFC 7523</a>. */
@FunctionalInterface
public interface AssertionVerifier {
    /** For a service none of whose clients has keys. */
    AssertionVerifier NONE = assertion -> Future.succeededFuture(Optional.empty());

    /**
     * The id of the client that has signed it; empty if it does not hold, or was used before. Each can be used once.
     *
     * <p>Never throws. Fails with a {@link io.revoker.domain.Problem}: unavailable while the keys that are needed could
     * not be fetched, overloaded if too much waits.
     */
    Future<Optional<String>> verify(String assertion);

    /**
     * Whether a client has its keys in the same place since then: what was verified by them still holds.
     *
     * @param since by {@link System#nanoTime}
     */
    default boolean hasKept(String client, long since) {
        return false;
    }
}
