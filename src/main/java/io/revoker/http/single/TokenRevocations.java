package io.revoker.http.single;

import io.revoker.bus.Revoke;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.VerifiedJwt;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Revokes single tokens by their text: a JWT that holds need not have been registered. One that does not hold is
 * revoked only if it was, so invented tokens can't fill the store.
 *
 * @param bus takes the revocation
 * @param retention of the log: no JWT of any realm may live longer, whatever the rules of its realm become
 */
public record TokenRevocations(Function<Revoke, Future<Report>> bus, JwtVerifier jwts, Duration retention) {
    /**
     * Revokes what the request names.
     *
     * @param token the text of the token that is named; empty if none is
     */
    public Future<Report> revoke(Revoke request, String token) {
        return request.target() instanceof Target.OneToken one && one.kind() == TokenKind.ACCESS && jwts.trustsAny()
                ? jwts.verify(token, request.scope(), Purpose.REVOCATION)
                        .transform(found -> found.succeeded()
                                ? revokeFound(request, one.extent(), found.result())
                                : revokeIfRegistered(request, found.cause()))
                : bus.apply(request);
    }

    /**
     * The target for the id of a JWT that its realm may have issued up to now.
     *
     * @throws Problem if tokens of the realm have to be registered
     */
    public Target.OneJwt jwtOf(RealmId realm, TokenId id, Instant now) {
        if (!jwts.trusts(realm)) {
            throw Problem.invalid(
                    "realm_name: its tokens have to be registered (expected: a realm whose issuer is trusted)");
        }
        return new Target.OneJwt(realm, id, now.plus(retention));
    }

    private Future<Report> revokeFound(Revoke request, Extent extent, Finding finding) {
        return bus.apply(
                finding instanceof Finding.Verified verified
                                && verified.jwt().demand() != VerifiedJwt.Demand.REGISTERED
                                && request.scope()
                                        .covers(verified.jwt().holder().realm())
                        ? request.ofJwt(target(verified.jwt(), extent), verified.jwt())
                        : request);
    }

    private static Target.OneJwt target(VerifiedJwt jwt, Extent extent) {
        return new Target.OneJwt(
                jwt.holder().realm(), jwt.id(), jwt.expiresAt().plus(JwtVerifier.GREATEST_CLOCK_SKEW), extent);
    }

    /**
     * Whether a JWT holds can't be said now. Its registration is revoked all the same; but it may be active again
     * without that, so the caller has to repeat the request. The failure says what was counted, which the repetition
     * does not count again.
     */
    private Future<Report> revokeIfRegistered(Revoke request, Throwable unverified) {
        return bus.apply(request)
                .compose(report -> Future.failedFuture(
                        unverified instanceof Problem problem ? problem.after(report.tally()) : unverified));
    }
}
