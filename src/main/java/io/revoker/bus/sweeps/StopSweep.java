package io.revoker.bus.sweeps;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;

/**
 * Stops the counting of a sweep; its mark stands. The reply is {@link FoundSweeps}: empty if there is no such sweep,
 * else the sweep as it is now.
 *
 * @param scope a sweep whose target is outside of the caller's realms is not found
 */
public record StopSweep(Stamp sweep, RealmScope scope) {}
