package io.revoker.domain.store;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the tokens are. Every method may be repeated, and fails with a {@link Problem}.
 *
 * <p>The life of a token is monotone: unknown, live, invalidated, expired. Nothing brings an invalidated token back.
 */
public interface TokenStore {

    /**
     * Writes a grant. If a mark was raised over its holder while it was written, the grant is born after that mark or the outcome is
     * {@link Registration.Outcome#INVALIDATED}: a revocation either finds the tokens, or the registration finds the mark.
     */
    Future<Registration> register(Grant grant);

    /** The token with its present state; empty if it was never registered or has expired. */
    Future<Optional<Token>> find(TokenId id);

    /** Invalidates one token that {@link #find} gave. An expired token gives {@link Tally#NONE}. */
    Future<Tally> invalidate(Token token);

    /**
     * The next holders that a target covers, at most a page of them. Every holder with a token that was live when the first page was asked
     * for is given at least once.
     *
     * @param target not a single token
     */
    Future<Page> page(Target target, Cursor cursor);

    /**
     * The first page of a target, as it is after something was written. Who asks spares the time of a reply where the store can keep that order.
     *
     * @param written was asked for in this turn of the event loop, of the log that shares the connection of this store
     */
    default Future<Page> pageAfter(Future<?> written, Target target) {
        return written.compose(done -> page(target, Cursor.START));
    }

    /** Whether one of some holders has a token that has not expired, live or not. */
    Future<Boolean> hasAny(List<UserInRealm> holders);

    /** About how many holders the pages of a target have. */
    Future<Long> size(Target target);

    /** What a sweep has counted up to now, by part of the store, whoever counted it. */
    Future<Map<String, Tally>> totals(Target target, Stamp sweep);

    /**
     * Invalidates the tokens of some holders that a pass is about, a bounded number of them. What it counts is part of the store's totals of
     * this sweep in the same instant: so a call whose answer was lost may be repeated, and the totals stay the same. {@link #totals} finds it even when the
     * holders are gone.
     *
     * @param target of the sweep
     */
    Future<Swept> sweep(Target target, List<Piece> pieces, Pass pass);

    /** The part that a holder's tokens are in, as the totals of sweeps name it. */
    String part(UserInRealm holder);

    /** Forgets the totals of a sweep that has ended, of the parts that it named. */
    Future<Void> forget(Set<String> parts, Stamp sweep);

    /**
     * Grows whenever a server has taken over, or has come back: it may lack some of what was answered before. Whoever needs all of it begins
     * anew.
     */
    long incarnation();

    /** Where a scan goes on: what the store that made it knows. */
    interface Cursor {
        /** At the beginning. */
        Cursor START = new Cursor() {};
    }

    /**
     * A page of a scan.
     *
     * @param next empty after the last page
     */
    record Page(List<UserInRealm> holders, Optional<Cursor> next) {
        public Page {
            holders = List.copyOf(holders);
        }
    }

    /**
     * Which tokens a sweep is about.
     *
     * @param before they were born before this stamp
     * @param at they were unexpired at this time: when the sweep began, which the stamp may be ahead of
     */
    record Pass(Stamp before, Instant at) {}

    /** A part of a holder's tokens: all of them at {@link Cursor#START}. */
    record Piece(UserInRealm holder, Cursor from) {}

    /**
     * What came of some pieces.
     *
     * @param totals what this sweep has done up to now, by part of the store that was written to, whoever asked for it: the largest total of a part is
     *     its newest
     * @param errors why a piece could not be done, a line each
     * @param rest what is left to do of the pieces
     */
    record Swept(Map<String, Tally> totals, List<String> errors, List<Piece> rest) {
        public Swept {
            totals = Map.copyOf(totals);
            errors = List.copyOf(errors);
            rest = List.copyOf(rest);
        }
    }
}
