package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Token;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Invalidates single tokens again that a store has taken for live since. Used by one event loop only. */
final class TokenReassertion {
    private static final Logger LOG = LoggerFactory.getLogger(TokenReassertion.class);

    /** Tokens that are looked at together, unless fewer commands may be in flight. */
    private static final int TOGETHER = 256;

    private final Context context;
    private final TokenStore store;
    private int together = TOGETHER;

    TokenReassertion(Context context, TokenStore store) {
        this.context = context;
        this.store = store;
    }

    /**
     * What came of it.
     *
     * @param alive how many were live until now
     * @param failed those that could not be asked for
     */
    record Outcome(long alive, List<RevokedToken> failed) {}

    /** Never fails. */
    Future<Outcome> go(List<RevokedToken> tokens) {
        Run run = new Run(new ArrayDeque<>(tokens));
        run.some();
        return run.end.future();
    }

    private final class Run {
        private final Deque<RevokedToken> left;
        private final List<RevokedToken> failed = new ArrayList<>();
        private final Promise<Outcome> end = Promise.promise();
        private long alive;
        private boolean lessTogether;

        Run(Deque<RevokedToken> tokens) {
            left = tokens;
        }

        void some() {
            if (lessTogether) {
                together = Math.max(1, together / 2);
                lessTogether = false;
            }
            List<Future<?>> begun = new ArrayList<>();
            while (begun.size() < together && !left.isEmpty()) {
                begun.add(one(left.remove()));
            }
            if (begun.isEmpty()) {
                end.complete(new Outcome(alive, failed));
                return;
            }
            Future.join(begun).onComplete(done -> context.runOnContext(turn -> some()));
        }

        private Future<?> one(RevokedToken token) {
            return invalidate(token)
                    .onSuccess(wasAlive -> alive += wasAlive ? 1 : 0)
                    .onFailure(failure -> failed(token, failure));
        }

        /** What fails for good is passed over: it must not keep the node from being ready. A mark over its holder kills it. */
        private void failed(RevokedToken token, Throwable failure) {
            if (failure instanceof Problem problem && problem.isWorthRepeating()) {
                failed.add(token);
                lessTogether = true;
            } else {
                LOG.atWarn().addKeyValue("failure", failure.getMessage()).log("token not invalidated again");
            }
        }
    }

    /** One that was born after the revocation is another token with the same text: the first one was forgotten. */
    private Future<Boolean> invalidate(RevokedToken token) {
        return store.find(token.id())
                .compose(found -> found.filter(known -> known.state() == Token.State.LIVE
                                && token.stamp().isAfter(known.birth()))
                        .map(known -> store.invalidate(known).map(true))
                        .orElseGet(() -> Future.succeededFuture(false)));
    }
}
