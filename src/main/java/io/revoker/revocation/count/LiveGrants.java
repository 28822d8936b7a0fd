package io.revoker.revocation.count;

import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.ListedGrants.OfHolder;
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

/** The live grants of a holding, as far as the marks are known here. */
record LiveGrants(TokenStore store, Marks marks) {
    /** @param from the {@code next} of the page before; empty for the first */
    Future<ListedGrants> of(Holding holding, String from) {
        return store.grants(holding, from).map(page -> new ListedGrants(live(page), page.errors(), page.next()));
    }

    private List<OfHolder> live(ListedGrants page) {
        return page.grants().stream()
                .flatMap(one ->
                        withoutDead(one.holder(), one.grant()).stream().map(live -> new OfHolder(one.holder(), live)))
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
