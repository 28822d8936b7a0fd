package io.revoker.domain.store;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
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
     * Writes a grant. If a mark that covers its holder was raised while it was written, the grant is born after that
     * mark or the outcome is {@link Registration.Outcome#INVALIDATED}: a revocation either finds the tokens, or the
     * registration finds the mark.
     */
    Future<Registration> register(Grant grant);

    /** The token with its present state; empty if it was never registered or has expired. */
    Future<Optional<Token>> find(TokenId id);

    /**
     * Invalidates a token that {@link #find} returned, or both tokens of its pair in one step. An expired token is not
     * counted.
     */
    Future<Tally> invalidate(Token token, Target.Extent extent);

    /**
     * The same for a caller that has something to send after it, see {@link RevocationLog#appendAfter}. Succeeds once
     * the invalidation has been sent.
     */
    default Future<Sent> sendInvalidation(Token token, Target.Extent extent) {
        return Future.succeededFuture(new Sent(invalidate(token, extent)));
    }

    /** Revokes tokens in one step, where the store can. */
    default SingleRevocations singles() {
        return SingleRevocations.NONE;
    }

    /**
     * Both tokens of the pair of a token that {@link #find} returned; empty if it is damaged, or has gone in the
     * meantime. Marks that no sweep has followed yet are left out.
     */
    Future<Optional<Pair>> pair(Token token);

    /**
     * The next grants of a holding that have a live token, at most a few hundred of them. A grant that is written or
     * that dies while the pages are read may be missing.
     *
     * @param from the {@code next} of the page before; empty for the first
     */
    Future<ListedGrants> grants(Holding holding, String from);

    /**
     * The next grants of a holding that have an unexpired token, at most a few hundred of them; changes nothing.
     *
     * @param from the {@code next} of the page before; empty for the first
     * @param choice leaves out the others
     */
    Future<Counted> count(Holding holding, String from, Choice choice);

    /**
     * The next holdings that a target covers, at most a page of them. Every token that was live when the first page
     * was requested is in at least one of them.
     *
     * @param target not a single token
     */
    Future<Page> page(Target target, Cursor cursor);

    /**
     * The same of a realm or a user, in an order that stays: a listing goes on where it ended, on any instance. Only a
     * holding that gets a token meanwhile may come again. After a fail-over, a realm that the store had lost and that
     * gets tokens meanwhile may be missing.
     *
     * @param after where the page begins, as a page before said; empty for the first
     */
    Future<Holding.Listing> holdings(Target target, String after);

    /**
     * The first page of a target, as it is after a write. Where the store can keep that order, this saves one round
     * trip.
     *
     * @param written a write to the log that shares the connection of this store, sent in the same turn of the event
     * loop
     */
    default Future<Page> pageAfter(Future<?> written, Target target) {
        return written.compose(done -> page(target, Cursor.START));
    }

    /** Whether one of them has a token that has not expired, live or not. */
    Future<Boolean> hasAny(List<Holding> holdings);

    /** Approximate number of holdings in the pages of a target. */
    Future<Long> size(Target target);

    /** What a sweep has counted up to now, by part of the store, whichever instances counted it. */
    Future<Map<String, Tally>> totals(Target target, Stamp sweep);

    /**
     * Invalidates a bounded number of the tokens that a pass covers. The store adds the counts to its totals of the
     * sweep atomically, so a call whose answer was lost may be repeated, and the totals stay the same. {@link #totals}
     * finds them even when the tokens are gone.
     *
     * @param target of the sweep
     */
    Future<Swept> sweep(Target target, List<Piece> pieces, Pass pass);

    /** The part of the store that a holder's tokens are in, as the totals of sweeps name it. */
    String part(UserInRealm holder);

    /** Deletes the totals of a sweep that has ended, in the given parts. */
    Future<Void> forget(Set<String> parts, Stamp sweep);

    /** What covers JWTs that need not be registered; on the same connection. */
    JwtStore jwts();

    /**
     * Grows whenever a server has taken over, or has come back: it may lack some of what was answered before. A caller
     * that needs all of it must start over.
     */
    long incarnation();

    /** An invalidation that was sent, and its reply. */
    record Sent(Future<Tally> reply) {}

    /** Where a scan continues; only the store that created it can read it. */
    interface Cursor {
        /** The start of a scan. */
        Cursor START = new Cursor() {};
    }

    /**
     * A page of a scan.
     *
     * @param next empty after the last page
     */
    record Page(List<Holding> holdings, Optional<Cursor> next) {
        public Page {
            holdings = List.copyOf(holdings);
        }
    }

    /**
     * A page of the grants of a holding.
     *
     * @param errors a line for each damage because of which grants are left out
     * @param next where the next page begins; empty after the last one
     */
    record Counted(List<OfGrant> grants, List<String> errors, Optional<String> next) {
        public Counted {
            grants = List.copyOf(grants);
            errors = List.copyOf(errors);
        }
    }

    /**
     * The unexpired tokens of a grant.
     *
     * @param id of the grant, see {@link HeldGrants.HeldGrant}
     * @param birth a newer mark of the holder makes the grant dead
     */
    record OfGrant(UserInRealm holder, long id, Stamp birth, int live, int dead) {}

    /**
     * Two tokens that were registered together.
     *
     * @param facts with those of the access token
     * @param states of those that are unexpired
     */
    record Pair(UserInRealm holder, Grant.Facts facts, Stamp birth, Map<TokenKind, Token.State> states) {
        public Pair {
            states = Map.copyOf(states);
        }

        public Traits traits() {
            return new Traits(holder, facts, states.keySet());
        }
    }

    /**
     * The tokens that a sweep covers.
     *
     * @param before only tokens born before this stamp
     * @param at only tokens that were unexpired at this time: when the sweep began, which the stamp may be ahead of
     */
    record Pass(Stamp before, Instant at) {}

    /** What is left of a holding: all of it at {@link Cursor#START}. */
    record Piece(Holding holding, Cursor from) {}

    /**
     * The result of sweeping some pieces.
     *
     * @param totals what this sweep has counted up to now, by part of the store that was written to, whichever
     * instances ran it: the largest total of a part is its newest
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
