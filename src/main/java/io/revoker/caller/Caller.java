package io.revoker.caller;

import io.revoker.domain.RealmScope;
import io.revoker.domain.audit.Origin;
import java.util.Set;

/**
 * An authenticated caller.
 *
 * @param id as in the client file; printable, may appear in messages and logs
 * @param privileges never empty
 * @param origin from where it calls, as far as known
 */
public record Caller(String id, Set<Privilege> privileges, RealmScope realms, Origin origin) {
    /** Every caller, where no client file is configured. */
    public static final Caller ANONYMOUS = new Caller("anonymous", Set.of(Privilege.ADMIN), RealmScope.ALL);

    public Caller {
        privileges = Set.copyOf(privileges);
    }

    /** One of which it is not known from where it calls. */
    public Caller(String id, Set<Privilege> privileges, RealmScope realms) {
        this(id, privileges, realms, new Origin(id, "", ""));
    }

    /**
     * The same, calling from somewhere.
     *
     * @param way how the request came in
     */
    public Caller at(String address, String way) {
        return new Caller(id, privileges, realms, new Origin(id, address, way));
    }

    /** Whether the caller has the privilege; {@link Privilege#ADMIN} implies all. */
    public boolean may(Privilege privilege) {
        return privileges.contains(privilege) || privileges.contains(Privilege.ADMIN);
    }
}
