package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.Sha256;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Reserved;
import io.revoker.domain.store.AnswerStore.State;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Which assertions were used: each is remembered until it has expired, for all instances, where the keys of requests
 * are reserved. None is forgotten before, so their number is bounded by refusing further ones.
 */
record UsedIds(Function<Reserve, Future<Reserved>> store) {
    /** The store bounds the keys of each caller; a client is as many callers as this. */
    private static final int PARTS = 64;

    /**
     * One use.
     *
     * @param jti unique among those of the client
     * @param until when it has expired
     */
    record Use(String client, String jti, Instant until) {
        private Reserve reserve(Instant now) {
            int part = Math.floorMod(Sha256.of(jti).getInt(), PARTS);
            Duration left = Duration.between(now, until).plusSeconds(1);
            // No id of a client has a colon: so these are not the keys of one.
            return new Reserve("assertions:" + part + ":" + client, jti, "used", left);
        }
    }

    /** Whether this is the first one. Fails with a {@link Problem} if too many are remembered, or that is not known. */
    Future<Boolean> first(Use use, Instant now) {
        return store.apply(use.reserve(now))
                .map(held -> held.state() == State.NEW)
                .recover(failure -> Future.failedFuture(
                        failure instanceof Problem problem && problem.kind() == Problem.Kind.OVERLOADED
                                ? Problem.overloaded("assertions: too many of this client (expected: fewer)")
                                : failure));
    }
}
