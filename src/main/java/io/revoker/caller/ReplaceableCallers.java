package io.revoker.caller;

import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Callers that give way to others while requests come in. A request is decided by one or the other: whatever is decided after the others are in force is
 * decided by them, also if it was asked before. What was remembered of verified credentials goes with those who verified them.
 */
public final class ReplaceableCallers implements Callers {
    private volatile Callers current;

    public ReplaceableCallers(Callers first) {
        this.current = first;
    }

    /** From the return of this call on only these decide. */
    public void replace(Callers next) {
        current = next;
    }

    @Override
    public Future<Authentication> authenticate(Credentials credentials) {
        return decide(callers -> callers.authenticate(credentials));
    }

    @Override
    public Future<Authentication> authenticate(Supplier<Credentials> presented) {
        return decide(callers -> callers.authenticate(presented));
    }

    /** Most are decided at once; a slow verification may outlast those who began it. */
    private Future<Authentication> decide(Function<Callers, Future<Authentication>> question) {
        Callers asked = current;
        Future<Authentication> decision = question.apply(asked);
        return decision.isComplete()
                ? decision
                : decision.transform(decided -> asked == current ? decision : decide(question));
    }
}
