package io.revoker.revocation;

import io.revoker.bus.Check;
import io.revoker.bus.FindGrants;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.Traits;
import io.revoker.revocation.jwt.JwtChecks;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether a token is active.
 *
 * <p>The store decides: it has invalidated every token that an acknowledged revocation covers. The marks only make a
 * revocation take effect earlier, while its sweep is still running.
 */
final class Checks {
    private final TokenStore store;
    private final Marks marks;
    private final InstantSource time;
    private final CheckActivity activity;
    private final JwtChecks jwts;

    Checks(TokenStore store, Marks marks, InstantSource time, CheckActivity activity) {
        this.store = store;
        this.marks = marks;
        this.time = time;
        this.activity = activity;
        this.jwts = new JwtChecks(store, marks, time);
    }

    Future<Verdict> check(Check request) {
        activity.seen();
        if (request.finding() instanceof Finding.Refused) {
            return Future.succeededFuture(Verdict.UNKNOWN);
        }
        if (request.finding() instanceof Finding.Verified verified) {
            return jwts.check(request, verified.jwt());
        }
        return store.find(request.id())
                .map(found -> found.isPresent() ? verdict(found.get(), request) : Verdict.UNKNOWN);
    }

    /** The live ones, as far as the marks are known here. */
    Future<HeldGrants> grants(FindGrants request) {
        if (!request.scope().covers(request.holder().realm())) {
            return Future.succeededFuture(new HeldGrants(List.of(), List.of(), Optional.empty()));
        }
        return store.grants(request.holder(), request.from())
                .map(page -> new HeldGrants(
                        page.grants().stream()
                                .flatMap(grant -> withoutDead(request.holder(), grant).stream())
                                .toList(),
                        page.errors(),
                        page.next()));
    }

    /** A mark may cover only one token of a pair. */
    private Optional<HeldGrant> withoutDead(UserInRealm holder, HeldGrant grant) {
        Map<TokenKind, Instant> live = new EnumMap<>(grant.live());
        live.keySet().removeIf(kind -> isCovered(holder, grant, kind));
        return live.isEmpty()
                ? Optional.empty()
                : Optional.of(new HeldGrant(grant.id(), grant.facts(), grant.birth(), live));
    }

    private boolean isCovered(UserInRealm holder, HeldGrant grant, TokenKind kind) {
        return grant.facts()
                .map(facts ->
                        marks.coverOf(new Traits(holder, facts, Set.of(kind))).kills(grant.birth(), facts.issuedAt()))
                .orElseGet(() -> marks.newestFor(holder).isAfter(grant.birth()));
    }

    private Verdict verdict(Token token, Check request) {
        if (!request.scope().covers(token.holder().realm())
                || !token.signature().admits(request.signature())
                || token.isExpiredAt(time.instant())) {
            return Verdict.UNKNOWN;
        }
        return marks.isDead(token) ? Verdict.INVALIDATED : Verdict.onLive(token, request.kinds()::include);
    }
}
