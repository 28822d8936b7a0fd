package io.revoker.bus;

import io.revoker.domain.RealmScope;
import io.revoker.domain.UserInRealm;

/**
 * Requests the grants of a holder that have a live token; the reply is {@link io.revoker.domain.store.HeldGrants}.
 *
 * @param from the {@code next} of the page before; empty for the first
 * @param scope the realms of the caller: any other realm has no grants
 */
public record FindGrants(UserInRealm holder, String from, RealmScope scope) {}
