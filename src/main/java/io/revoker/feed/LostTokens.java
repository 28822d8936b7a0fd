package io.revoker.feed;

import io.revoker.domain.store.TokenStore;
import io.revoker.feed.TokenReassertion.Outcome;
import io.vertx.core.Context;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for revocations of single tokens that the store has lost although the log still has them. That happens if
 * another primary of a Cluster than that of the log has lost its newest writes. Whenever a connection of this node to a
 * server is new, the single tokens that were revoked recently are looked up, and those that are live are invalidated
 * again. Realms and users do not need this: their marks are in the slot of the log. Used by one event loop only.
 *
 * <p>Until the lookup is done, this node answers "active" for none of them.
 */
final class LostTokens {
    private static final Logger LOG = LoggerFactory.getLogger(LostTokens.class);

    /** Between two calls of {@link #look}. */
    static final int LOOK_MILLIS = 500;

    private static final int LOOKS_IN_FIVE_SECONDS = 5000 / LOOK_MILLIS;

    /**
     * Looks to wait until the revocations in flight are done, if their instance is alive: tokens that are invalidated
     * here are counted for no caller. One whose entry is written later is invalidated again by the node that
     * revokes it.
     */
    private static final int UNDER_WAY = LOOKS_IN_FIVE_SECONDS;

    /** Looks between two attempts for the tokens that could not be looked up. */
    private static final int PATIENCE = LOOKS_IN_FIVE_SECONDS;

    private final TokenReassertion reassertion;
    private final MarkView view;
    private final FeedMeters meters;
    /** The view's number of doubts when it was looked at last. */
    private long doubts;

    private List<RevokedToken> left = List.of();
    private boolean due;
    private int dueIn;
    private boolean looking;
    private int looks;

    /** Create it before any revocation: the first connections of a node have lost nothing. */
    LostTokens(Context context, TokenStore store, MarkView view, FeedMeters meters) {
        this.reassertion = new TokenReassertion(context, store);
        this.view = view;
        this.meters = meters;
        this.doubts = view.doubts();
        view.settle(doubts);
    }

    /**
     * Call it every {@value #LOOK_MILLIS} ms. While the log is not followed, it may have gone back itself; then
     * asserting it again covers these tokens, too.
     */
    void look() {
        if (view.doubts() != doubts) {
            doubts = view.doubts();
            due = true;
            dueIn = UNDER_WAY;
        }
        if (looking || !view.isCurrent() || (due && dueIn-- > 0)) {
            return;
        }
        if (due) {
            due = false;
            invalidate(view.tokens().all());
        } else if (!left.isEmpty() && looks++ % PATIENCE == 0) {
            invalidate(left);
        }
    }

    private void invalidate(List<RevokedToken> tokens) {
        looking = true;
        reassertion.go(tokens).onSuccess(this::done);
    }

    private void done(Outcome outcome) {
        looking = false;
        left = outcome.failed();
        if (left.isEmpty() && !due) {
            view.settle(doubts);
        }
        if (outcome.alive() > 0) {
            LOG.atError()
                    .addKeyValue("tokens", outcome.alive())
                    .log("store went back, revoked tokens invalidated again");
            meters.wentBack();
        }
    }
}
