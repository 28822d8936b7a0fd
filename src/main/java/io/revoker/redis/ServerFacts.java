package io.revoker.redis;

import io.revoker.domain.Durability.Fsync;
import java.util.Set;

/**
 * What is known of the servers.
 *
 * @param unfixed versions that lack the fix of a known vulnerability
 * @param fsync the weakest policy of all servers
 * @param evictions their maxmemory policies
 */
public record ServerFacts(Set<String> versions, Set<String> unfixed, Fsync fsync, Set<String> evictions) {
    /** Versions that have the fix. */
    public static final String FIXED = LuaFix.FIXED;

    public ServerFacts {
        versions = Set.copyOf(versions);
        unfixed = Set.copyOf(unfixed);
        evictions = Set.copyOf(evictions);
    }
}
