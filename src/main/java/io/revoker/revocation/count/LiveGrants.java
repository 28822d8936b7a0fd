package io.revoker.revocation.count;

import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.Traits;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The live grants of a holder, as far as the marks are known here. */
record LiveGrants(TokenStore store, Marks marks) {
    /** @param from the {@code next} of the page before; empty for the first */
    Future<HeldGrants> of(UserInRealm holder, String from) {
        return store.grants(holder, from).map(page -> new HeldGrants(live(holder, page), page.errors(), page.next()));
    }

    private List<HeldGrant> live(UserInRealm holder, HeldGrants page) {
        return page.grants().stream()
                .flatMap(grant -> withoutDead(holder, grant).stream())
                .toList();
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
}
