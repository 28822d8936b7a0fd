package io.revoker.domain.store;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;

/** What this node knows of the marks. May lag behind the log; knows what was raised here at once. */
public interface Marks extends Knowledge {

    /** The newest mark over a holder: of its realm, of the user, or of the user in the realm. {@link Stamp#NONE} if there is none. */
    Stamp newestFor(UserInRealm holder);

    /**
     * Whether the store may have lost that this token was revoked by itself, and this node knows it: from a new connection on, and after a loss, until it
     * has been looked at and is as dead in the store as here. One that was born after the revocation is another token with the same text.
     */
    boolean remembers(TokenId id, Stamp birth);

    /** Learns of a revocation that is in the log; may be told again. */
    void learn(Revocation revocation);

    /** How many there are. */
    long size();

    /** Whether there is a mark of a target, however old. */
    boolean has(MarkId mark);
}
