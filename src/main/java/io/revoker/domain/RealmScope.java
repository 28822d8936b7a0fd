package io.revoker.domain;

import java.util.Optional;
import java.util.Set;

/**
 * The realms that a caller may act in.
 *
 * @param only the realms that are allowed; all of them if empty
 */
public record RealmScope(Optional<Set<RealmId>> only) {
    public static final RealmScope ALL = new RealmScope(Optional.empty());

    public RealmScope {
        only = only.map(Set::copyOf);
    }

    public static RealmScope only(Set<RealmId> realms) {
        return new RealmScope(Optional.of(realms));
    }

    public boolean covers(RealmId realm) {
        return only.map(realms -> realms.contains(realm)).orElse(true);
    }

    /** Whether there may be a realm in both. */
    public boolean meets(RealmScope other) {
        return only.map(realms -> realms.stream().anyMatch(other::covers)).orElse(true);
    }

    /**
     * Whether everything that the target names is in scope. The realm of a single registered token is checked
     * later, when the token has been found.
     */
    public boolean covers(Target target) {
        return target.match(
                one -> !(one instanceof Target.OneJwt jwt) || covers(jwt.realm()),
                realm -> covers(realm.realm()),
                user -> only.isEmpty(),
                user -> covers(user.holder().realm()),
                all -> only.isEmpty());
    }
}
