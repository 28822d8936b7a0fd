package io.revoker.caller;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Callers that can be replaced while requests arrive. Each request is decided by one set of callers: every decision
 * made after the replacement is made by the new ones, even if the request came before. The cache of verified
 * credentials is replaced, too.
 */
public final class ReplaceableCallers implements Callers {
    private volatile Callers current;

    public ReplaceableCallers(Callers first) {
        this.current = first;
    }

    /** Once this call has returned, only these decide. */
    public void replace(Callers next) {
        current = next;
    }

    @Override
    public Future<Authentication> authenticate(Credentials credentials) {
        return authenticate(() -> credentials);
    }

    @Override
    public Future<Authentication> authenticate(Supplier<Credentials> presented) {
        long begun = System.nanoTime();
        Callers asked = current;
        return unlessReplaced(asked, asked.authenticate(presented), presented, begun);
    }

    @Override
    public boolean accept(Proof proof) {
        return current.accept(proof);
    }

    @Override
    public Optional<Caller> named(String id) {
        return current.named(id);
    }

    @Override
    public Optional<String> secretMark(String id) {
        return current.secretMark(id);
    }

    /** Most decisions are immediate. A slow verification may end after a replacement: then the new callers decide. */
    private Future<Authentication> unlessReplaced(
            Callers asked, Future<Authentication> decision, Supplier<Credentials> presented, long begun) {
        return decision.isComplete()
                ? decision
                : decision.transform(decided -> {
                    Callers now = current;
                    return asked == now
                            ? decision
                            : unlessReplaced(now, again(now, decision, presented, begun), presented, begun);
                });
    }

    private static Future<Authentication> again(
            Callers now, Future<Authentication> decision, Supplier<Credentials> presented, long begun) {
        return decision.succeeded() ? now.again(presented, decision.result(), begun) : now.authenticate(presented);
    }
}
