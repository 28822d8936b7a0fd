package io.revoker.domain.store;

import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.LockStore.Lock;
import java.util.Collection;

/**
 * What this node knows of the marks. It may lag behind the log, but knows at once the marks that were raised on this
 * node.
 */
public interface Marks extends KnownMarks {

    /**
     * The newest mark that covers all tokens of a holder: of its realm, of the user, or of the user in the realm.
     * {@link Stamp#NONE} if there is none.
     */
    Stamp newestFor(UserInRealm holder);

    /** The marks that cover a token, whether of its holder, of a selection, or of what was issued before an instant. */
    @Override
    Cover coverOf(Traits token);

    /**
     * Whether this node knows every mark and every lock up to this stamp.
     *
     * @param last the newest mark that the store had a moment ago
     */
    @Override
    boolean hasAllUpTo(Stamp last);

    /**
     * Whether this node knows that the token or its pair was revoked, and the store may have lost that. The store may
     * have lost it after each new connection and each known loss, until this node has looked the token up and found it
     * invalidated there, too. A token that was born after the revocation is another token with the same text.
     */
    boolean remembers(Token token);

    /** Whether there may be a mark that kills a registered token of this birth; if not, none need be looked up. */
    default boolean mayCover(Stamp birth) {
        return true;
    }

    /** Whether a registered token is dead: by its state, or by what this node knows. */
    default boolean isDead(Token token) {
        return isDead(token, Traits.of(token));
    }

    /** The same with the traits of the token, for one that is asked about again and again. */
    default boolean isDead(Token token, Traits traits) {
        return token.state() == Token.State.INVALIDATED
                || (mayCover(token.birth())
                        && coverOf(traits).kills(token.birth(), token.facts().issuedAt()))
                || remembers(token);
    }

    /**
     * The same as {@link #remembers} for JWTs that need not have been registered: whether one of them was revoked by
     * itself, in that realm.
     */
    boolean remembersAny(RealmId realm, Collection<TokenId> ids);

    /** Learns of a revocation that is in the log. May be called again with the same one. */
    void learn(Revocation revocation);

    /** Learns that a lock was removed; a newer one of the same target stays. */
    default void unlock(Lock removed) {}

    /** The number of marks. */
    long size();

    /** Whether a target has a mark, however old. */
    boolean has(MarkId mark);
}
