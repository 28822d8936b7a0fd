package io.revoker.bus;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;

/**
 * Asks for a revocation; the reply is a {@link io.revoker.domain.Report}.
 *
 * @param scope the realms that the caller may act in: a single token of another realm is answered as not found, any other target that leaves
 *     them is refused
 */
public record Revoke(Target target, RealmScope scope) {}
