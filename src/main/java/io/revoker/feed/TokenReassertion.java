package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Tally;
import io.revoker.domain.Target.Extent;
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

/**
 * Invalidates single tokens and pairs again that were revoked but are live in the store. Used by one event loop only.
 */
final class TokenReassertion {
    private static final Logger LOG = LoggerFactory.getLogger(TokenReassertion.class);

    /** Tokens that are looked up together, unless fewer commands may be in flight. */
    private static final int TOGETHER = 256;

    private final Context context;
    private final TokenStore store;
    private int together = TOGETHER;

    TokenReassertion(Context context, TokenStore store) {
        this.context = context;
        this.store = store;
    }

    /**
     * The result.
     *
     * @param alive number of tokens that were live until now
     * @param failed tokens that could not be looked up
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
                    .onSuccess(again -> alive += again.invalidated())
                    .onFailure(failure -> failed(token, failure));
        }

        /**
         * A permanent failure is skipped: it must not keep the node from becoming ready. Revoking the holder still
         * kills the token.
         */
        private void failed(RevokedToken token, Throwable failure) {
            if (failure instanceof Problem problem && problem.isWorthRepeating()) {
                failed.add(token);
                lessTogether = true;
            } else {
                LOG.atWarn().addKeyValue("failure", failure.getMessage()).log("token not invalidated again");
            }
        }
    }

    private Future<Tally> invalidate(RevokedToken token) {
        Future<Tally> registered = invalidateRegistered(token);
        return Future.join(registered, bury(token))
                .map(both -> registered.result().larger(both.resultAt(1)));
    }

    private Future<Tally> bury(RevokedToken token) {
        return token.realm()
                .map(realm -> store.jwts().revoke(realm, token.id(), token.until()))
                .orElseGet(() -> Future.succeededFuture(Tally.NONE));
    }

    /** The other token of a pair may be live although this one is not: it may have been revoked before by itself. */
    private Future<Tally> invalidateRegistered(RevokedToken token) {
        return store.find(token.id())
                .compose(found -> found.filter(token::mayHaveEnded)
                        .flatMap(known -> token.extentFor(known.birth())
                                .filter(extent -> mayBeLive(known, extent))
                                .map(extent -> store.invalidate(known, extent)))
                        .orElseGet(() -> Future.succeededFuture(Tally.NONE)));
    }

    private static boolean mayBeLive(Token known, Extent extent) {
        return known.state() == Token.State.LIVE
                || (extent == Extent.GRANT && known.state() == Token.State.INVALIDATED);
    }
}
