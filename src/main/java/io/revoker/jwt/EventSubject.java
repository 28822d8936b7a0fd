package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.Selector;
import io.revoker.domain.Target;
import io.revoker.domain.jwt.SubjectId;
import io.revoker.jwt.compact.Members;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose sessions an event is about. A complex subject names those that all of its members have in common (Shared
 * Signals Framework 1.0, section 3.3). Where tokens can't be told apart by a member, all those of its user are meant;
 * without a user the event is refused, because only the whole realm would be left.
 */
record EventSubject(Realm realm, Members subject) {
    /** No id of a session: what Keycloak sends when an administrator has logged a user out of all of them. */
    private static final String ALL_SESSIONS = "ALL";

    private static final String TENANT = "tenant";
    private static final String APPLICATION = "application";

    /** All that may be there without a user and a session. */
    private static final Set<String> OF_REALM = Set.of("format", TENANT, APPLICATION);

    /** All sessions of the user; empty if it is one of another tenant. */
    Optional<List<Target>> user() {
        return isOurs()
                ? Optional.of(named().map(this::whole)
                        .orElseThrow(() -> Problem.invalid("sub_id: complex, without user (expected: the user)")))
                : Optional.empty();
    }

    /** The sessions that it names; empty if they are of another tenant. */
    Optional<List<Target>> sessions() {
        return isOurs() ? Optional.of(common()) : Optional.empty();
    }

    /** What all of its members have in common, but the tenant. */
    private List<Target> common() {
        List<Target> all = named().map(this::whole).orElseGet(() -> List.of(new Target.OfRealm(realm.id())));
        Optional<Selector> session = id("session")
                .filter(id -> !id.equals(ALL_SESSIONS))
                .map(id -> Selector.requested(Selector.By.SESSION, id));
        if (session.isEmpty() && named().isEmpty()) {
            requireGroup();
        }
        Optional<Selector> some =
                session.or(() -> id(APPLICATION).map(id -> Selector.requested(Selector.By.CLIENT, id)));
        return some.map(selector -> all.stream()
                        .<Target>map(each -> new Target.Selected(each, selector))
                        .toList())
                .orElse(all);
    }

    /** A tenant, a client, or a client of a tenant. */
    private void requireGroup() {
        Set<String> members = Set.copyOf(subject.names());
        boolean holds = OF_REALM.containsAll(members)
                && (members.contains(TENANT) || members.contains(APPLICATION))
                && members.contains(TENANT) == id(TENANT).isPresent()
                && members.contains(APPLICATION) == id(APPLICATION).isPresent();
        requireThat(
                holds,
                "complex, without user and session (expected: the user, or the id of a session,"
                        + " or nothing but a tenant and an application, by its id)");
        requireThat(
                part(TENANT).isEmpty() || realm.accepted().tenants().size() <= 1,
                "a tenant, without user and session (expected: not in a realm of several events-tenant,"
                        + " whose tokens can't be told apart by it)");
    }

    private boolean isComplex() {
        return subject.text("format").equals(Optional.of("complex"));
    }

    /** The user: of a complex subject its member, if it has one. */
    private Optional<Members> named() {
        return isComplex() ? subject.members("user") : Optional.of(subject);
    }

    /** That of an opaque member of a complex subject. */
    private Optional<String> id(String member) {
        return part(member)
                .filter(named -> named.text("format").equals(Optional.of("opaque")))
                .flatMap(named -> named.text("id"));
    }

    private Optional<Members> part(String member) {
        return isComplex() ? subject.members(member) : Optional.empty();
    }

    private boolean isOurs() {
        requireThat(
                part(TENANT).isEmpty() || id(TENANT).isPresent(),
                "tenant in another format (expected: opaque, its id)");
        return id(TENANT).map(realm::isTenant).orElse(true);
    }

    private List<Target> whole(Members user) {
        return SubjectId.read(user::text).spellings().stream()
                .<Target>map(named -> new Target.OfUserInRealm(new RealmUsers(realm).of(named)))
                .toList();
    }

    private static void requireThat(boolean holds, String otherwise) {
        if (!holds) {
            throw Problem.invalid("sub_id: " + otherwise);
        }
    }
}
