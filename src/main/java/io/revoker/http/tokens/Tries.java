package io.revoker.http.tokens;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** How often work is tried before its failure is the answer. */
interface Tries {
    /** For single requests: their callers know best whether to wait. */
    Tries ONCE = new Tries() {
        @Override
        public <T> Future<T> of(Supplier<Future<T>> work) {
            return work.get();
        }
    };

    /**
     * The result of some work.
     *
     * @param work may be repeated as long as it fails
     */
    <T> Future<T> of(Supplier<Future<T>> work);
}
