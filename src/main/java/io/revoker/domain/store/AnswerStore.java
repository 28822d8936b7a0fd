package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers that are kept for callers who may not get them: a request that is repeated with the same key gets the same
 * answer again. Every method fails with a {@link Problem}.
 */
public interface AnswerStore {

    /** Reserves a key for a request, unless it has one. Its owner may repeat this, and has it for longer then. */
    Future<Reserved> reserve(Reserve request);

    /** Keeps the answer; without one, frees the key. Does nothing if the key has another owner by now. */
    Future<Reserved> settle(Settle request);

    /**
     * A key of a caller, and what it is for.
     *
     * @param request something that only the same request has; no secret can be read from it
     * @param owner of those who send the same request, only this one; empty if the lease can't be extended
     * @param lease how long the owner has the key: if it has died, the key is free after that
     */
    record Reserve(String caller, String key, String request, String owner, Duration lease) {
        /** How long an owner has a key that is at work. */
        public static final Duration LEASE = Duration.ofSeconds(15);

        /** Without an owner. */
        public Reserve(String caller, String key, String request, Duration lease) {
            this(caller, key, request, "", lease);
        }

        /** With a new owner, for a short time. */
        public static Reserve shortly(String caller, String key, String request) {
            return new Reserve(caller, key, request, UUID.randomUUID().toString(), LEASE);
        }
    }

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
     * @param notAfter by the clock of the store: what the key was reserved for must not take effect later, because
     * another owner may have the key then. Present if and only if it was reserved by this call
     */
    record Reserved(State state, Optional<String> answer, Optional<Instant> notAfter) {
        /** Of a key that this call has not reserved. */
        public Reserved(State state, Optional<String> answer) {
            this(state, answer, Optional.empty());
        }
    }

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
