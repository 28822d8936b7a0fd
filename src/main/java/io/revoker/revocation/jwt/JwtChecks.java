package io.revoker.revocation.jwt;

import io.revoker.bus.Check;
import io.revoker.domain.Signature;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target.OneJwt;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says whether a JWT that was verified is active: it is, unless it has a tombstone, or a mark covers it, or its
 * registration does not hold. All reads are sent in one turn.
 *
 * <p>If it is registered, the store knows whether that was before or after a mark in the same second; a JWT that is not
 * registered may have been issued before it.
 */
public record JwtChecks(TokenStore store, Marks marks, InstantSource time) {

    public Future<Verdict> check(Check request, VerifiedJwt jwt) {
        if (!request.scope().covers(jwt.holder().realm()) || hasExpired(jwt)) {
            return Future.succeededFuture(Verdict.UNKNOWN);
        }
        List<TokenId> ids = ids(request.id(), jwt);
        Future<Boolean> revoked = store.jwts().isRevoked(jwt.holder().realm(), ids);
        CoveringMarks covering = new CoveringMarks(store.jwts(), marks);
        Future<Cover> cover = covering.of(jwt);
        Future<Boolean> locked = covering.isLocked(jwt, time);
        Future<Optional<Token>> registered = registered(request.id(), jwt);
        return Future.all(revoked, cover, registered, locked)
                .map(all -> revoked.result()
                                || locked.result()
                                || marks.remembersAny(jwt.holder().realm(), ids)
                        ? Verdict.INVALIDATED
                        : verdict(request, jwt, cover.result(), registered.result()));
    }

    /** A registration ends with the token: it does not outlive it by the difference between two clocks. */
    boolean hasExpired(VerifiedJwt jwt) {
        return jwt.demand() != Demand.UNREGISTERED && !jwt.expiresAt().isAfter(time.instant());
    }

    /** Whether a registered token is that JWT. */
    boolean isRegistrationOf(OneJwt one, Token token) {
        return token.kind() == TokenKind.ACCESS
                && token.holder().realm().equals(one.realm())
                && !token.isExpiredAt(time.instant());
    }

    /** What another realm has registered says nothing about it. */
    private Future<Optional<Token>> registered(TokenId id, VerifiedJwt jwt) {
        return jwt.demand() == Demand.UNREGISTERED
                ? Future.succeededFuture(Optional.empty())
                : store.find(id)
                        .map(found -> found.filter(token ->
                                token.holder().realm().equals(jwt.holder().realm())));
    }

    private static List<TokenId> ids(TokenId id, VerifiedJwt jwt) {
        return Stream.concat(Stream.of(id), jwt.jti().stream()).toList();
    }

    private Verdict verdict(Check request, VerifiedJwt jwt, Cover cover, Optional<Token> registered) {
        if (registered.isPresent()) {
            return IssueTime.ofRegistered(jwt).precedes(cover)
                    ? Verdict.INVALIDATED
                    : verdict(request, registered.get());
        }
        if (jwt.demand() == Demand.REGISTERED) {
            return Verdict.UNKNOWN;
        }
        return IssueTime.of(jwt).mayPrecede(cover) ? Verdict.INVALIDATED : Verdict.active(unregistered(request, jwt));
    }

    /** Its signature was verified: any form of it is as good as the one that was registered. */
    private Verdict verdict(Check request, Token token) {
        return marks.isDead(token) ? Verdict.INVALIDATED : Verdict.onLive(token, request.kinds()::include);
    }

    private static Token unregistered(Check request, VerifiedJwt jwt) {
        return new Token(
                request.id(),
                Signature.UNRECORDED,
                TokenKind.ACCESS,
                jwt.holder(),
                jwt.facts(),
                jwt.expiresAt(),
                Token.State.LIVE,
                Stamp.NONE,
                Optional.empty());
    }
}
