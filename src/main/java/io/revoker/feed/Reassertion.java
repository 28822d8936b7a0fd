package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Writes what this node knows to a store that has lost its newest entries: the marks, and the single tokens that were
 * revoked recently. Afterwards they are as dead as before, on this node and on every other.
 */
final class Reassertion {
    private final FeedVerticle.Source source;
    private final MarkLoader marks;
    private final MarkView view;
    private final TokenReassertion tokens;
    /** A log entry from before the marks were raised, once the other nodes were notified. */
    private Optional<Stamp> announced = Optional.empty();

    Reassertion(Context context, FeedVerticle.Source source, MarkLoader marks, MarkView view) {
        this.tokens = new TokenReassertion(context, source.store());
        this.source = source;
        this.marks = marks;
        this.view = view;
    }

    /**
     * Writes four things in this order: a lower bound for new stamps and births, the marks, the entry that makes other
     * nodes read the marks, and the single tokens. May be repeated until it succeeds; the entry is written once, and
     * again only if the log has lost it.
     *
     * @return an entry of the log from before the marks were raised: the log is read on from there
     */
    Future<Stamp> go() {
        return announced
                .map(this::beginIfLost)
                .orElseGet(this::begin)
                .compose(from -> invalidate(view.tokens().all()).map(from))
                .onSuccess(done -> announced = Optional.empty());
    }

    private Future<Stamp> begin() {
        return source.log()
                .goOn(view.known())
                .compose(from -> marks.raise(from)
                        .compose(raised -> source.log().goOn(from))
                        .map(from))
                .onSuccess(from -> announced = Optional.of(from));
    }

    /** The entry may have been lost in its turn. */
    private Future<Stamp> beginIfLost(Stamp from) {
        return source.marks()
                .slice(0, from)
                .compose(found -> found.isPresent() ? Future.succeededFuture(from) : begin());
    }

    private Future<Void> invalidate(List<RevokedToken> recent) {
        return tokens.go(recent)
                .compose(outcome -> outcome.failed().isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Problem.unavailable("Redis: "
                                + outcome.failed().size() + " revoked tokens not invalidated again (expected: 0)")));
    }
}
