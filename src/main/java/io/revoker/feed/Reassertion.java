package io.revoker.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a store that has lost its newest entries what this node knows: the marks, and the single tokens that were revoked lately. Afterwards they are as
 * dead as they were, on this node and on every other.
 */
final class Reassertion {
    private static final Logger LOG = LoggerFactory.getLogger(Reassertion.class);

    /** Tokens that are invalidated at a time, unless fewer commands may be in flight. */
    private static final int TOGETHER = 256;

    private final Context context;
    private final FeedVerticle.Source source;
    private final MarkLoader marks;
    private final MarkView view;
    private int together = TOGETHER;
    /** From before the marks were raised, once the others were told of it. */
    private Optional<Stamp> announced = Optional.empty();

    Reassertion(Context context, FeedVerticle.Source source, MarkLoader marks, MarkView view) {
        this.context = context;
        this.source = source;
        this.marks = marks;
        this.view = view;
    }

    /**
     * First what stamps and births must not fall behind, then the marks, then what tells the other nodes to read them, last the single tokens. May be
     * repeated until it succeeds; the log is told once, and again only if it has lost that.
     *
     * @return an entry of the log from before the marks were raised: it is read on from there
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

    /** What was announced may have been lost in its turn. */
    private Future<Stamp> beginIfLost(Stamp from) {
        return source.marks()
                .slice(0, from)
                .compose(found -> found.isPresent() ? Future.succeededFuture(from) : begin());
    }

    private Future<Void> invalidate(List<TokenId> tokens) {
        Promise<Void> end = Promise.promise();
        some(new ArrayDeque<>(tokens), end);
        return end.future();
    }

    private void some(Deque<TokenId> left, Promise<Void> end) {
        List<Future<Void>> begun = new ArrayList<>();
        while (begun.size() < together && !left.isEmpty()) {
            begun.add(invalidate(left.remove()));
        }
        if (begun.isEmpty()) {
            end.complete();
            return;
        }
        Future.join(begun)
                .onSuccess(done -> context.runOnContext(turn -> some(left, end)))
                .onFailure(failure -> {
                    together = Math.max(1, together / 2);
                    end.fail(failure);
                });
    }

    private Future<Void> invalidate(TokenId id) {
        return source.store()
                .find(id)
                .map(found -> found.filter(token -> token.state() != Token.State.DAMAGED))
                .compose(found -> found.isPresent()
                        ? source.store().invalidate(found.get()).<Void>mapEmpty()
                        : Future.succeededFuture())
                .recover(Reassertion::passOverIfHopeless);
    }

    /** What fails for good must not keep the node from being ready. A mark over its holder kills a damaged grant. */
    private static Future<Void> passOverIfHopeless(Throwable failure) {
        if (failure instanceof Problem problem && problem.isWorthRepeating()) {
            return Future.failedFuture(failure);
        }
        LOG.atWarn().addKeyValue("failure", failure.getMessage()).log("token not invalidated again");
        return Future.succeededFuture();
    }
}
