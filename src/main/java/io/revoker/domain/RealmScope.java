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

    /** The realms that its tokens may be of; all for a registered token, whose realm is not known here. */
    public static RealmScope of(Target target) {
        return target.match(
                one -> one instanceof Target.OneJwt jwt ? only(Set.of(jwt.realm())) : ALL,
                realm -> only(Set.of(realm.realm())),
                user -> ALL,
                user -> only(Set.of(user.holder().realm())),
                all -> ALL);
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
