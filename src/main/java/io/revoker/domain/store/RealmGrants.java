package io.revoker.domain.store;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.UserName;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import java.time.Duration;
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

    /** Most users that are looked at for it. */
    public static final int MOST_USERS = 10_000;

    private static final Duration LONGEST = Duration.ofSeconds(2);

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
     * @param longest how long users are looked at
     */
    public record Find(RealmId realm, RealmScope scope, Duration longest) {

        /** Looks at users for 2 seconds. */
        public Find(RealmId realm, RealmScope scope) {
            this(realm, scope, LONGEST);
        }

        /** The same, for no longer than that. */
        public Find within(Duration limit) {
            return longest.compareTo(limit) <= 0 ? this : new Find(realm, scope, limit);
        }
    }
}
