package io.revoker.domain.jwt;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * An issuer tells of an event: a security event token whose signature and claims hold (RFC 8417).
 *
 * @param realm of the issuer
 * @param ended the tokens of the sessions that have ended; empty if the event ends none, or is of another tenant
 * @param jti the id that the issuer gave the notice
 * @param until from when it does not hold any more
 */
public record EventNotice(RealmId realm, Optional<Target> ended, String jti, Instant until) {}
