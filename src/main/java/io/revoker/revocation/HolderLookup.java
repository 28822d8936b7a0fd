package io.revoker.revocation;

import io.revoker.domain.Target;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/**
 * Says whether those that a revocation names have any tokens, live or invalidated: until the last one expires the store knows of them. A caller whose name
 * is misspelled learns that way that nobody died.
 */
record HolderLookup(TokenStore store) {
    /** A revocation waits for no server that is slow. */
    private static final long PATIENCE_MILLIS = 100;

    private static final int PAGES = 64;
    private static final int HOLDERS = 1000;

    /** Whether there is nobody; if that can't be told soon, there may be somebody. Never fails. */
    Future<Boolean> findsNobody(Target target) {
        return findsNobody(target, Cursor.START, new Bound(PAGES, HOLDERS))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(false);
    }

    private record Bound(int pages, int holders) {
        private Bound after(Page page) {
            return new Bound(pages - 1, holders - page.holders().size());
        }

        private boolean isReached() {
            return pages <= 0 || holders <= 0;
        }
    }

    private Future<Boolean> findsNobody(Target target, Cursor from, Bound bound) {
        if (bound.isReached()) {
            return Future.succeededFuture(false);
        }
        return store.page(target, from)
                .compose(page -> isAnybody(target, page)
                        .compose(somebody -> somebody || page.next().isEmpty()
                                ? Future.succeededFuture(!somebody)
                                : findsNobody(target, page.next().get(), bound.after(page))));
    }

    /** The users of a realm are those with tokens; the realms of a user, and a user in a realm, need not be. */
    private Future<Boolean> isAnybody(Target target, Page page) {
        return target instanceof Target.OfRealm
                ? Future.succeededFuture(!page.holders().isEmpty())
                : store.hasAny(page.holders());
    }
}
