package io.revoker.domain;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

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
     * Invalidates the tokens of some holders that were born before the stamp, in bounded pieces. A holder that is repeated adds nothing to the
     * counts.
     *
     * @return one for each piece, in the same order
     */
    Future<List<Swept>> sweep(List<Piece> pieces, Stamp before);

    /** Where a scan goes on. Opaque; empty text at its beginning. */
    record Cursor(String value) {
        public static final Cursor START = new Cursor("");
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

    /** A bounded part of a holder's tokens. */
    record Piece(UserInRealm holder, Cursor from) {}

    /**
     * What came of one piece.
     *
     * @param error why it could not be done; empty if it was
     * @param next the holder's next piece, if there is more
     */
    record Swept(Tally tally, Optional<String> error, Optional<Piece> next) {}
}
