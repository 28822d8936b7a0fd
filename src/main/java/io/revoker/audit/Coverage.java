package io.revoker.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.RealmId;
import io.revoker.domain.UserName;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests.Filter;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an entry concerns a realm, a user, or a user in a realm: it names them, or its act hit them with all others,
 * as a revocation of a realm hits its users, and registrations in it don't. A session is one user's, so an act that
 * names one without its user hits nobody else; and one that names a user hits no realm as a whole.
 */
record Coverage(Optional<RealmId> realm, Optional<UserName> user) {
    private static final Set<String> OF_MANY = Set.of("realm", "user", "all", "selected");
    private static final Optional<String> REGISTRATION = Optional.of(Act.Kind.REGISTRATION.wireName());

    static Coverage of(Filter filter) {
        return new Coverage(filter.realm(), filter.user());
    }

    boolean meets(JsonNode entry) {
        Optional<RealmId> realmOfEntry = text(entry, "realm_name").map(RealmId::stored);
        Optional<UserName> userOfEntry = text(entry, "username").map(UserName::stored);
        boolean isOfMany = text(entry, "target").filter(OF_MANY::contains).isPresent()
                && !entry.has("session_id")
                && !text(entry, "kind").equals(REGISTRATION);
        boolean hitRealm = isOfMany && realmOfEntry.isEmpty() && (user.isPresent() || userOfEntry.isEmpty());
        boolean hitUser = isOfMany && userOfEntry.isEmpty();
        return (realm.isEmpty() || realm.equals(realmOfEntry) || hitRealm)
                && (user.isEmpty() || user.equals(userOfEntry) || hitUser);
    }

    static Optional<String> text(JsonNode entry, String member) {
        return Optional.ofNullable(entry.path(member).textValue());
    }
}
