package io.revoker.domain.jwt;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import java.time.Instant;

/**
 * An issuer tells that a user has been logged out: a logout token whose signature and claims hold (OpenID Connect
 * Back-Channel Logout 1.0, section 2.4).
 *
 * @param realm of the issuer
 * @param ended the session that is named, of the user if one is named, too; else all tokens of the user in the realm
 * @param jti the id that the issuer gave the notice
 * @param expiresAt its claim {@code exp}: from then on it does not hold any more
 */
public record LogoutNotice(RealmId realm, Target ended, String jti, Instant expiresAt) {}
