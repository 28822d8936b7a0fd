package io.revoker.bus.sweeps;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.audit.Origin;
import java.util.Optional;

/**
 * Stops the counting of a sweep; its mark stands. The reply is {@link FoundSweeps}: empty if there is no such sweep,
 * else the sweep as it is now.
 *
 * @param scope a sweep whose target is outside of the caller's realms is not found
 * @param origin as the audit trail shows it; absent if it is not known
 */
public record StopSweep(Stamp sweep, RealmScope scope, Optional<Origin> origin) {
    /** Without an origin. */
    public StopSweep(Stamp sweep, RealmScope scope) {
        this(sweep, scope, Optional.empty());
    }
}
