package io.revoker.bus.sweeps;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import java.util.Optional;

/**
 * Requests sweeps; the reply is {@link FoundSweeps}.
 *
 * @param sweep only this one; all of them if empty
 * @param scope only those whose target lies in the caller's realms
 */
public record FindSweeps(Optional<Stamp> sweep, RealmScope scope) {}
