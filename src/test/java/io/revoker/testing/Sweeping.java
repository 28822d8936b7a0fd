package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.domain.store.TokenStore.Swept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sweep in its plainest form: page by page, piece by piece. */
public final class Sweeping {
    private Sweeping() {}

    /** The holders that a target covers, as often as they were given. */
    public static List<UserInRealm> holders(TokenStore store, Target target) {
        List<UserInRealm> all = new ArrayList<>();
        Optional<Cursor> cursor = Optional.of(Cursor.START);
        while (cursor.isPresent()) {
            TokenStore.Page page = get(store.page(target, cursor.get()));
            all.addAll(page.holders());
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
        List<Piece> pieces = holders(store, target).stream()
                .map(holder -> new Piece(holder, Cursor.START))
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
