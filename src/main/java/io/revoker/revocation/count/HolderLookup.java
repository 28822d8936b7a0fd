package io.revoker.revocation.count;

import io.revoker.domain.Target;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/**
 * Says whether the target of a revocation has any tokens, live or invalidated: the store knows its holders until their
 * last token expires. The answer tells a caller who misspelled a name that the revocation killed no token.
 */
public record HolderLookup(TokenStore store) {
    /** A revocation does not wait for a slow server. */
    private static final long PATIENCE_MILLIS = 100;

    private static final int PAGES = 64;
    private static final int HOLDINGS = 1000;

    /** Whether the target has no tokens. False if the store can't say so in time. Never fails. */
    public Future<Boolean> hasNoTokens(Target target) {
        return hasNoTokens(target, Cursor.START, new Bound(PAGES, HOLDINGS))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(false);
    }

    private record Bound(int pages, int holdings) {
        private Bound after(Page page) {
            return new Bound(pages - 1, holdings - page.holdings().size());
        }

        private boolean isReached() {
            return pages <= 0 || holdings <= 0;
        }
    }

    private Future<Boolean> hasNoTokens(Target target, Cursor from, Bound bound) {
        if (bound.isReached()) {
            return Future.succeededFuture(false);
        }
        return store.page(target, from)
                .compose(page -> hasTokens(target, page)
                        .compose(found -> found || page.next().isEmpty()
                                ? Future.succeededFuture(!found)
                                : hasNoTokens(target, page.next().get(), bound.after(page))));
    }

    /**
     * A page of a realm, or of all, lists only those with tokens. The realms of a user, and a user in a realm, may be
     * listed without having tokens.
     */
    private Future<Boolean> hasTokens(Target target, Page page) {
        return target.whole() instanceof Target.OfRealm || target instanceof Target.OfAll
                ? Future.succeededFuture(!page.holdings().isEmpty())
                : store.hasAny(page.holdings());
    }
}
