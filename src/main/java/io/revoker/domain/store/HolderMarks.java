package io.revoker.domain.store;

import io.revoker.domain.UserInRealm;

/**
 * The bits of the ids of the marks of a holder. Each is a hash, which takes as long as the rest of a look-up.
 *
 * @param realm of the mark of its realm
 * @param user of that of its user, in all realms
 * @param both of its own
 */
public record HolderMarks(long realm, long user, long both) {
    public static HolderMarks of(UserInRealm holder) {
        return new HolderMarks(MarkId.ofRealm(holder.realm()), MarkId.ofUser(holder.user()), MarkId.ofHolder(holder));
    }
}
