package io.revoker.revocation.count;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import io.revoker.domain.Target;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Cursor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One walk over what the holders of a target have: page after page of holdings, some of them at a time, each step in a
 * turn of its own.
 */
final class HolderWalk {
    /** Beyond that a holding may be visited twice. */
    private static final int REMEMBERED = 1_000_000;

    private final TokenStore store;
    private final Context context;
    private final Target target;
    private final Visitor visitor;
    private final Promise<End> end = Promise.promise();
    private final HolderPlaces.Walker walker;
    private final Deque<Place> places = new ArrayDeque<>();
    private final LongObjectMap<Boolean> seen = new LongObjectHashMap<>();
    private Optional<Cursor> next = Optional.of(Cursor.START);

    /** @param allowed where a walk over many of them needs a place */
    HolderWalk(TokenStore store, Context context, Target target, HolderPlaces allowed, Visitor visitor) {
        this.store = store;
        this.context = context;
        this.target = target;
        this.walker = allowed.walker(end.future());
        this.visitor = visitor;
    }

    /** Reads what the holders have. */
    interface Visitor {
        /** Whether the walk shall end here; asked before each step. */
        boolean hasEnough();

        /** How many of them are visited together next, at least one. */
        int together();

        /**
         * Reads a page of a holding.
         *
         * @param from where the page begins; empty for the first
         * @return where the next one begins; empty after the last one
         */
        Future<Optional<String>> visit(Holding holding, String from);
    }

    /** How a walk has ended. */
    enum End {
        /** All of them were visited. */
        ALL,
        /** The visitor had enough. */
        EARLY
    }

    /** A holding, and where its next page begins. */
    private record Place(Holding holding, String from) {}

    Future<End> run() {
        step();
        return end.future();
    }

    private void step() {
        if (places.isEmpty() && next.isEmpty()) {
            end.complete(End.ALL);
        } else if (visitor.hasEnough()) {
            end.complete(End.EARLY);
        } else {
            (places.isEmpty() ? read() : visit())
                    .onSuccess(done -> context.runOnContext(turn -> step()))
                    .onFailure(end::fail);
        }
    }

    private Future<Void> read() {
        return store.page(target, next.orElse(Cursor.START)).compose(page -> {
            next = page.next();
            page.holdings().stream().filter(this::isNew).forEach(holding -> places.add(new Place(holding, "")));
            return walker.met(seen.size());
        });
    }

    /** A page may have one that an earlier page had: what gets a token meanwhile moves to the end. */
    private boolean isNew(Holding holding) {
        return seen.size() >= REMEMBERED || seen.put(holding.id(), Boolean.TRUE) == null;
    }

    private Future<?> visit() {
        int together = visitor.together();
        List<Future<?>> asked = new ArrayList<>();
        while (asked.size() < together && !places.isEmpty()) {
            Place place = places.remove();
            asked.add(visitor.visit(place.holding(), place.from())
                    .onSuccess(more -> more.ifPresent(from -> places.addFirst(new Place(place.holding(), from)))));
        }
        return Future.join(asked);
    }
}
