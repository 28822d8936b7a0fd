package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.TokenStore.Counted;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.OfGrant;
import io.revoker.redis.index.IndexScan;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisFailure;
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

/**
 * Reads the grants of a holder, a bundle a page. What is damaged is reported beside the others, with the message that
 * a sweep has for it.
 */
record GrantPages(RedisLink link, Keys keys, IndexScan index, GrantFacts facts, InstantSource time) {

    /** @param from empty for the first bundle; else where the page before ended among the other ones */
    Future<HeldGrants> page(UserInRealm holder, String from) {
        return read(holder, from)
                .compose(page -> all(page, this::held)
                        .map(all -> new HeldGrants(
                                all.grants(), all.errors(), page.next().map(IndexScan::text))));
    }

    /** The same, of the grants that have an unexpired token that is meant. */
    Future<Counted> count(UserInRealm holder, String from, Choice choice) {
        return read(holder, from)
                .compose(page -> all(page, grant -> counted(grant, choice))
                        .map(all -> new Counted(
                                all.grants(), all.errors(), page.next().map(IndexScan::text))));
    }

    /**
     * Some bundles of a holder, none or one of them, and where the next one is.
     *
     * @param errors why parts of them can't be read
     */
    private record Page(List<BundleContent> bundles, List<String> errors, Optional<Cursor> next) {
        private static Page of(BundleContent content, Optional<Cursor> next) {
            return new Page(
                    List.of(content),
                    content.isSound() ? List.of() : errors(content.bundle(), "Redis: damaged grant"),
                    next);
        }

        private static List<String> errors(Bundle bundle, String reason) {
            return List.of(HolderProblem.of(bundle.holder(), reason).line());
        }

        private Stream<Held> grants() {
            return bundles.stream()
                    .flatMap(content -> content.grants().entrySet().stream()
                            .map(grant -> new Held(content.bundle(), grant.getKey(), grant.getValue())));
        }
    }

    private record Held(Bundle bundle, GrantId id, GrantState state) {}

    private Future<Page> read(UserInRealm holder, String from) {
        return from.isEmpty()
                ? read(
                        Bundle.first(holder),
                        content -> Optional.of(Cursor.START).filter(others -> content.hasOthers()))
                : index.page(keys.bundles(holder), IndexScan.parse(from), 1).compose(others -> read(holder, others));
    }

    private Future<Page> read(UserInRealm holder, Members others) {
        return others.names().isEmpty()
                ? Future.succeededFuture(new Page(List.of(), List.of(), Optional.empty()))
                : read(new Bundle(holder, Integer.parseInt(others.names().get(0))), content -> others.next());
    }

    /** A key that another application has overwritten is damaged as a whole. */
    private Future<Page> read(Bundle bundle, Function<BundleContent, Optional<Cursor>> next) {
        return BundleContent.read(link, keys, bundle)
                .recover(failure -> RedisFailure.isOfAnotherType(failure)
                        ? Future.succeededFuture(new BundleContent(bundle, Map.of(), false, false))
                        : Future.failedFuture(failure))
                .map(content -> Page.of(content, next.apply(content)));
    }

    /** One grant, unless it is not meant, and why not all of it can be read. */
    private record Each<T>(Optional<T> grant, List<String> errors) {}

    private record All<T>(List<T> grants, List<String> errors) {}

    private static <T> Future<All<T>> all(Page page, Function<Held, Future<Each<T>>> each) {
        return Future.all(page.grants().map(each).toList()).map(done -> {
            List<Each<T>> read = done.list();
            return new All<>(
                    read.stream().flatMap(one -> one.grant().stream()).toList(),
                    Stream.concat(page.errors().stream(), read.stream().flatMap(one -> one.errors().stream()))
                            .toList());
        });
    }

    private Future<Each<HeldGrant>> held(Held grant) {
        GrantState state = grant.state();
        Map<TokenKind, Instant> live = new EnumMap<>(TokenKind.class);
        live(state).forEach(kind -> live.put(kind, state.expiry(kind)));
        if (live.isEmpty()) {
            return Future.succeededFuture(new Each<>(Optional.empty(), List.of()));
        }
        return readable(facts.of(grant.id(), grant.bundle())).map(found -> {
            Optional<Grant.Facts> known = found.orElse(Optional.empty());
            HeldGrant held = new HeldGrant(grant.id().value(), known, state.birth(), live);
            return new Each<>(Optional.of(held), found.isPresent() ? List.of() : withoutRecord(grant));
        });
    }

    /** Empty if a record is damaged. */
    private static Future<Optional<Optional<Grant.Facts>>> readable(Future<Optional<Grant.Facts>> facts) {
        return facts.map(Optional::of)
                .recover(failure -> failure instanceof Problem problem && problem.kind() == Problem.Kind.DAMAGED
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    private static List<String> withoutRecord(Held grant) {
        return Page.errors(grant.bundle(), Selection.WITHOUT_RECORD);
    }

    private Future<Each<OfGrant>> counted(Held grant, Choice choice) {
        GrantState state = grant.state();
        int unexpired = (int) state.unexpiredAt(time.instant()).stream()
                .filter(choice::includes)
                .count();
        int live = (int) live(state).filter(choice::includes).count();
        OfGrant counted = new OfGrant(grant.id().value(), state.birth(), live, unexpired - live);
        if (unexpired == 0 || choice.isAll()) {
            return Future.succeededFuture(new Each<>(Optional.of(counted).filter(any -> unexpired > 0), List.of()));
        }
        return facts.readable(choice, grant.id(), grant.bundle()).map(known -> {
            boolean isLost = known.isEmpty() && Selection.isLiveSoon(choice, state, time.instant());
            return new Each<>(
                    Optional.of(counted).filter(one -> Selection.selects(choice, grant.bundle(), known)),
                    isLost ? withoutRecord(grant) : List.of());
        });
    }

    private Stream<TokenKind> live(GrantState state) {
        Instant now = time.instant();
        return Stream.of(TokenKind.values()).filter(kind -> state.isLiveAt(kind, now));
    }
}
