package io.revoker.feed;

import io.revoker.domain.RevocationLog;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Tells a store that has lost its newest entries what this node knows: the marks, and the single tokens that were revoked lately. Afterwards they are as
 * dead as they were, on this node and on every other.
 */
final class Reassertion {
    /** Tokens that are invalidated at a time. */
    private static final int TOGETHER = 256;

    private final Context context;
    private final FeedVerticle.Source source;
    private final MarkLoader marks;
    private final MarkView view;

    Reassertion(Context context, FeedVerticle.Source source, MarkLoader marks, MarkView view) {
        this.context = context;
        this.source = source;
        this.marks = marks;
        this.view = view;
    }

    /** First what stamps and births must not fall behind, last what tells the other nodes that there are marks to read. */
    Future<Void> go() {
        RevocationLog log = source.log();
        Stamp known = view.known();
        return log.goOn(known, view.newestMark())
                .compose(begun -> marks.raise())
                .compose(raised -> invalidate(view.tokens().all()))
                .compose(done -> log.goOn(known, view.newestMark()))
                .onSuccess(view::learn)
                .mapEmpty();
    }

    private Future<Void> invalidate(List<TokenId> tokens) {
        Promise<Void> end = Promise.promise();
        some(new ArrayDeque<>(tokens), end);
        return end.future();
    }

    private void some(Deque<TokenId> left, Promise<Void> end) {
        List<Future<Void>> begun = new ArrayList<>();
        while (begun.size() < TOGETHER && !left.isEmpty()) {
            begun.add(invalidate(left.remove()));
        }
        if (begun.isEmpty()) {
            end.complete();
            return;
        }
        Future.all(begun)
                .onSuccess(done -> context.runOnContext(turn -> some(left, end)))
                .onFailure(end::fail);
    }

    private Future<Void> invalidate(TokenId id) {
        TokenStore store = source.store();
        return store.find(id)
                .compose(found ->
                        found.isPresent() ? store.invalidate(found.get()).mapEmpty() : Future.succeededFuture());
    }
}
