package io.revoker.bus;

import io.revoker.domain.Verdict;
import java.util.Optional;

/** Answers to checks from the memory of this instance. Called on every event loop. */
public interface NearAnswers {
    /** For instances that have none: every check goes to the store. */
    NearAnswers NONE = new NearAnswers() {
        @Override
        public Optional<Verdict> find(Check check) {
            return Optional.empty();
        }

        @Override
        public long now() {
            return 0;
        }

        @Override
        public void learn(Check check, Verdict verdict, long askedAt) {}
    };

    /** The answer, if it is known for sure. */
    Optional<Verdict> find(Check check);

    /** When a check is sent to the store that begins now, for {@link #learn}. */
    long now();

    /**
     * Learns the answer of the store.
     *
     * @param askedAt {@link #now} before the check was sent
     */
    void learn(Check check, Verdict verdict, long askedAt);
}
