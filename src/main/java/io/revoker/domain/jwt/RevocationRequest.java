package io.revoker.domain.jwt;

import io.revoker.domain.RealmId;
import java.time.Instant;

/**
 * An issuer has signed that a request is its own: one for the revocation of all tokens of a user
 * (draft-parecki-oauth-global-token-revocation-06). Who the user is, is beside it.
 *
 * @param realm of the issuer
 * @param jti the id that the issuer gave it: it is for one request
 * @param expiresAt from then on it does not hold any more
 */
public record RevocationRequest(RealmId realm, String jti, Instant expiresAt) {}
