package io.revoker.domain.store;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.UserName;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import java.util.List;

/**
 * Live grants of a realm, for people who look which clients and sessions it has; in no order. There is no index of
 * these: the users of the realm are read one after the other.
 *
 * @param errors a line for each damage, see {@link HeldGrants}
 */
public record RealmGrants(List<OfUser> grants, List<String> errors, Extent extent) {
    /** Most of one reply. */
    public static final int MOST = 1000;

    public RealmGrants {
        grants = List.copyOf(grants);
        errors = List.copyOf(errors);
    }

    /** How many of the grants there are. */
    public enum Extent {
        ALL,
        /** As many as could be read. */
        SOME
    }

    /** A grant of one of the users. */
    public record OfUser(UserName user, HeldGrant grant) {}

    /**
     * Requests them.
     *
     * @param scope the realms of the caller: any other realm has no grants
     */
    public record Find(RealmId realm, RealmScope scope) {}
}
