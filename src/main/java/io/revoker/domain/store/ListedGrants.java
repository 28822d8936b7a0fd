package io.revoker.domain.store;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A page of the live grants of a realm, or of a user in every realm, for people who look where tokens are. There is no
 * index of these grants: the users of the realm, or the realms of the user, are read one after the other. A grant may
 * be in two pages, if its user gets another one meanwhile.
 *
 * @param errors a line for each damage, see {@link HeldGrants}
 * @param next where the next page begins, which may be empty; absent after the last one
 */
public record ListedGrants(List<OfHolder> grants, List<String> errors, Optional<String> next) {
    /** Most of one page. */
    public static final int MOST = 1000;

    /** Most users or realms that are looked at for it. */
    public static final int MOST_HOLDERS = 10_000;

    private static final Duration LONGEST = Duration.ofSeconds(2);

    public ListedGrants {
        grants = List.copyOf(grants);
        errors = List.copyOf(errors);
    }

    /** A grant, and who holds it. */
    public record OfHolder(UserInRealm holder, HeldGrant grant) {}

    /**
     * Requests a page.
     *
     * @param target a realm or a user
     * @param after the {@code next} of the page before; empty for the first
     * @param scope the realms of the caller: any other realm has no grants, and a user in every realm needs all of them
     * @param longest how long it looks for them, as long as it has found where to go on
     */
    public record Find(Target target, String after, RealmScope scope, Duration longest) {

        /** Looks for 2 seconds. */
        public Find(Target target, String after, RealmScope scope) {
            this(target, after, scope, LONGEST);
        }

        /** The same, for no longer than that. */
        public Find within(Duration limit) {
            return longest.compareTo(limit) <= 0 ? this : new Find(target, after, scope, limit);
        }
    }
}
