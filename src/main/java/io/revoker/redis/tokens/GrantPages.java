package io.revoker.redis.tokens;

import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import io.revoker.domain.store.TokenStore.Counted;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.OfGrant;
import io.revoker.redis.index.IndexScan;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the grants of a holder, a bundle a page. What is not a sound grant is left out. */
record GrantPages(RedisLink link, Keys keys, IndexScan index, GrantFacts facts, InstantSource time) {

    /** @param from empty for the first bundle; else where the page before ended among the other ones */
    Future<HeldGrants> page(UserInRealm holder, String from) {
        return read(holder, from)
                .compose(page -> all(page, this::held)
                        .map(grants -> new HeldGrants(grants, page.next().map(IndexScan::text))));
    }

    /** The same, of the grants that have an unexpired token that is meant. */
    Future<Counted> count(UserInRealm holder, String from, Choice choice) {
        return read(holder, from)
                .compose(page -> all(page, grant -> counted(grant, choice))
                        .map(grants -> new Counted(grants, page.next().map(IndexScan::text))));
    }

    /** Some bundles of a holder, none or one of them, and where the next one is. */
    private record Page(List<BundleContent> bundles, Optional<Cursor> next) {
        private Stream<Held> grants() {
            return bundles.stream()
                    .flatMap(content -> content.grants().entrySet().stream()
                            .map(grant -> new Held(content.bundle(), grant.getKey(), grant.getValue())));
        }
    }

    private record Held(Bundle bundle, GrantId id, GrantState state) {}

    private Future<Page> read(UserInRealm holder, String from) {
        return from.isEmpty()
                ? BundleContent.read(link, keys, Bundle.first(holder))
                        .map(first -> new Page(
                                List.of(first), Optional.of(Cursor.START).filter(others -> first.hasOthers())))
                : index.page(keys.bundles(holder), IndexScan.parse(from), 1).compose(others -> read(holder, others));
    }

    private Future<Page> read(UserInRealm holder, Members others) {
        return others.names().isEmpty()
                ? Future.succeededFuture(new Page(List.of(), Optional.empty()))
                : BundleContent.read(
                                link,
                                keys,
                                new Bundle(
                                        holder, Integer.parseInt(others.names().get(0))))
                        .map(content -> new Page(List.of(content), others.next()));
    }

    private static <T> Future<List<T>> all(Page page, Function<Held, Future<Optional<T>>> each) {
        return Future.all(page.grants().map(each).toList())
                .map(done -> done.<Optional<T>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    private Future<Optional<HeldGrant>> held(Held grant) {
        GrantState state = grant.state();
        Map<TokenKind, Instant> live = new EnumMap<>(TokenKind.class);
        live(state).forEach(kind -> live.put(kind, state.expiry(kind)));
        return live.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : facts.of(grant.id(), grant.bundle())
                        .map(found -> Optional.of(new HeldGrant(grant.id().value(), found, state.birth(), live)));
    }

    private Future<Optional<OfGrant>> counted(Held grant, Choice choice) {
        GrantState state = grant.state();
        int unexpired = (int) unexpired(state).filter(choice::includes).count();
        int live = (int) live(state).filter(choice::includes).count();
        OfGrant counted = new OfGrant(grant.id().value(), state.birth(), live, unexpired - live);
        if (unexpired == 0 || choice.isAll()) {
            return Future.succeededFuture(Optional.of(counted).filter(any -> unexpired > 0));
        }
        return facts.of(choice, grant.id(), grant.bundle())
                .map(found -> Optional.of(counted).filter(one -> Selection.selects(choice, grant.bundle(), found)));
    }

    private Stream<TokenKind> unexpired(GrantState state) {
        Instant now = time.instant();
        return Stream.of(TokenKind.values())
                .filter(kind -> state.has(kind) && state.expiry(kind).isAfter(now));
    }

    private Stream<TokenKind> live(GrantState state) {
        Instant now = time.instant();
        return Stream.of(TokenKind.values()).filter(kind -> state.isLiveAt(kind, now));
    }
}
