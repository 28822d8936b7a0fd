package io.revoker.caller;

import io.revoker.domain.RealmScope;
import java.util.Set;

/**
 * An authenticated caller.
 *
 * @param id as in the client file; printable, may appear in messages and logs
 * @param privileges never empty
 */
public record Caller(String id, Set<Privilege> privileges, RealmScope realms) {
    /** Every caller, where no client file is configured. */
    public static final Caller ANONYMOUS = new Caller("anonymous", Set.of(Privilege.ADMIN), RealmScope.ALL);

    public Caller {
        privileges = Set.copyOf(privileges);
    }

    /** Whether the caller has the privilege; {@link Privilege#ADMIN} implies all. */
    public boolean may(Privilege privilege) {
        return privileges.contains(privilege) || privileges.contains(Privilege.ADMIN);
    }
}
