package io.revoker.domain;

import java.util.Optional;
import java.util.Set;

/**
 * The realms that a caller may act in.
 *
 * @param only those that are named; all of them if empty
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

    /** Whether all that the target names lies within. A single token is judged by its own realm, once it is found. */
    public boolean covers(Target target) {
        return target.match(
                one -> true,
                realm -> covers(realm.realm()),
                user -> only.isEmpty(),
                user -> covers(user.holder().realm()));
    }
}
