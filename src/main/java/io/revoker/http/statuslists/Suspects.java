package io.revoker.http.statuslists;

import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.UserName;
import io.revoker.domain.statuslists.NamedTokens;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.MarkId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What some entries of the log may have killed in a realm. A single token that is named there is dead: its revocation
 * may still have to be carried out, so its state says nothing. Who else may be dead has to be looked at.
 */
final class Suspects {
    private static final int MOST = 500_000;

    private final RealmId realm;
    private final Set<Long> dead = new HashSet<>();
    private final Set<Long> users = new HashSet<>();
    private boolean everybody;

    Suspects(RealmId realm) {
        this.realm = realm;
    }

    void add(Collection<Long> tokens) {
        dead.addAll(tokens);
    }

    void addAll(List<LogEvent> events) {
        for (LogEvent event : events) {
            if (event instanceof LogEvent.Revoked revoked) {
                add(revoked.revocation());
            }
        }
    }

    private void add(Revocation revocation) {
        dead.addAll(NamedTokens.of(revocation, realm));
        everybody |= revocation
                .target()
                .match(
                        one -> false,
                        all -> all.realm().equals(realm),
                        user -> isUser(user.user()),
                        user -> user.holder().realm().equals(realm)
                                && isUser(user.holder().user()),
                        all -> true);
    }

    private boolean isUser(UserName user) {
        users.add(MarkId.ofUser(user));
        return false;
    }

    /** Whether reading all anew costs less. */
    boolean areTooMany() {
        return dead.size() > MOST || users.size() > MOST;
    }

    /** Whether nothing has to be done. */
    boolean isEmpty() {
        return dead.isEmpty() && users.isEmpty() && !everybody;
    }

    /** @param id the first bits of the id of a token, or of its id by its jti; 0 for none */
    boolean kill(long id) {
        return id != 0 && dead.contains(id);
    }

    /** @param user the bits of the id of the mark of a user */
    boolean concern(long user) {
        return everybody || users.contains(user);
    }
}
