package io.revoker.domain.streams;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.UserName;
import java.util.Optional;

/**
 * Whose sessions a revocation has ended: those that have in common what is present. At least one is.
 *
 * @param realm absent for all realms
 * @param session the id of one session
 * @param client the sessions with that client only
 */
public record EndedSessions(
        Optional<UserName> user, Optional<RealmId> realm, Optional<String> session, Optional<String> client) {
    /** The type of the event that tells it (CAEP 1.0, section 3.1). */
    public static final String TYPE = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

    /**
     * Empty if they can't be named so, as with single tokens, or all there are. Of tokens issued before an instant, the
     * sessions begun until then are meant: the event has that instant.
     */
    public static Optional<EndedSessions> by(Target target) {
        if (target instanceof Target.IssuedBefore some) {
            return by(some.base());
        }
        if (!(target instanceof Target.Selected some)) {
            return whole(target);
        }
        String value = some.selector().value();
        return switch (some.selector().by()) {
            case SESSION -> whole(some.base()).map(all -> all.of(Optional.of(value), Optional.empty()));
            case CLIENT -> whole(some.base()).map(all -> all.of(Optional.empty(), Optional.of(value)));
            case KIND, KEY -> Optional.empty();
        };
    }

    private static Optional<EndedSessions> whole(Target target) {
        return target.match(
                one -> Optional.empty(),
                realm -> named(Optional.empty(), Optional.of(realm.realm())),
                user -> named(Optional.of(user.user()), Optional.empty()),
                user -> named(
                        Optional.of(user.holder().user()),
                        Optional.of(user.holder().realm())),
                all -> Optional.empty());
    }

    private static Optional<EndedSessions> named(Optional<UserName> user, Optional<RealmId> realm) {
        return Optional.of(new EndedSessions(user, realm, Optional.empty(), Optional.empty()));
    }

    private EndedSessions of(Optional<String> one, Optional<String> with) {
        return new EndedSessions(user, realm, one, with);
    }
}
