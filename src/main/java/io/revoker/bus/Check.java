package io.revoker.bus;

import io.revoker.domain.RealmScope;
import io.revoker.domain.TokenId;

/**
 * Asks whether a token is active; the reply is a {@link io.revoker.domain.Verdict}.
 *
 * @param scope the realms that the caller may see: a token of another realm is unknown
 */
public record Check(TokenId id, RealmScope scope) {}
