package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.ListedGrants.OfHolder;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Counted;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.OfGrant;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.domain.store.TokenStore.Swept;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A sweep in its plainest form: page by page, piece by piece. */
public final class Sweeping {
    private Sweeping() {}

    /** The holders whose tokens a target covers, as often as their holdings were given. */
    public static List<UserInRealm> holders(TokenStore store, Target target) {
        return holders(store, holdings(store, target));
    }

    /** The same of some holdings. */
    public static List<UserInRealm> holders(TokenStore store, List<Holding> holdings) {
        return holdings.stream()
                .flatMap(holding -> holding.holder()
                        .map(Stream::of)
                        .orElseGet(() -> grants(store, holding).stream()
                                .map(OfHolder::holder)
                                .distinct()))
                .toList();
    }

    /** The live grants of a holding. */
    public static List<OfHolder> grants(TokenStore store, Holding holding) {
        return pages(from -> store.grants(holding, from), ListedGrants::next)
                .flatMap(page -> page.grants().stream())
                .toList();
    }

    /** The grants of a holding with what a choice means of them. */
    public static List<OfGrant> counted(TokenStore store, Holding holding, Choice choice) {
        return pages(from -> store.count(holding, from, choice), Counted::next)
                .flatMap(page -> page.grants().stream())
                .toList();
    }

    private static <P> Stream<P> pages(Function<String, Future<P>> read, Function<P, Optional<String>> next) {
        List<P> pages = new ArrayList<>();
        Optional<String> from = Optional.of("");
        while (from.isPresent()) {
            P page = get(read.apply(from.get()));
            pages.add(page);
            from = next.apply(page);
        }
        return pages.stream();
    }

    /** What a target covers, as often as it was given. */
    public static List<Holding> holdings(TokenStore store, Target target) {
        List<Holding> all = new ArrayList<>();
        Optional<Cursor> cursor = Optional.of(Cursor.START);
        while (cursor.isPresent()) {
            TokenStore.Page page = get(store.page(target, cursor.get()));
            all.addAll(page.holdings());
            cursor = page.next();
        }
        return all;
    }

    public static Tally sweep(TokenStore store, Target target, Stamp stamp) {
        return totals(store, target, stamp).values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /** Sweeps what was unexpired at the stamp, and gives the totals by part of the store. */
    public static Map<String, Tally> totals(TokenStore store, Target target, Stamp stamp) {
        Pass pass = new Pass(stamp, stamp.instant());
        List<Piece> pieces = holdings(store, target).stream()
                .map(holding -> new Piece(holding, Cursor.START))
                .toList();
        Map<String, Tally> totals = new HashMap<>();
        while (!pieces.isEmpty()) {
            Swept swept = get(store.sweep(target, pieces, pass));
            swept.totals().forEach((part, tally) -> totals.merge(part, tally, Tally::larger));
            pieces = swept.rest();
        }
        return totals;
    }
}
