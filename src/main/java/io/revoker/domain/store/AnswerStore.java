package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * Answers that are kept for callers who may not get them: whoever repeats a request with the same key gets the same
 * answer again. Every method fails with a {@link Problem}.
 */
public interface AnswerStore {

    /** Reserves a key for a request, unless it has one. */
    Future<Reserved> reserve(Reserve request);

    /** Keeps the answer; without one, frees the key. */
    Future<Reserved> settle(Settle request);

    /**
     * A key of a caller, and what it is for.
     *
     * @param request something that only the same request has; no secret can be read from it
     * @param longest how long it can be under way: then the key is free again
     */
    record Reserve(String caller, String key, String request, Duration longest) {}

    /**
     * What became of a request that had reserved a key.
     *
     * @param answer empty if it need not be kept, because the request may be done again
     * @param kept how long the answer is
     */
    record Settle(Reserve reserved, Optional<String> answer, Duration kept) {
        /** With an answer that is kept for a day. */
        public Settle(Reserve reserved, Optional<String> answer) {
            this(reserved, answer, Duration.ofDays(1));
        }
    }

    /**
     * The state of a key.
     *
     * @param answer present if and only if the state is {@link State#ANSWERED}
     */
    record Reserved(State state, Optional<String> answer) {}

    /** What a key is used for. */
    enum State {
        /** For this request, from now on. */
        NEW,
        /** For the same request, whose answer is not known yet. */
        UNDER_WAY,
        /** For the same request, which was answered. */
        ANSWERED,
        /** For another request. */
        OTHER_REQUEST
    }
}
