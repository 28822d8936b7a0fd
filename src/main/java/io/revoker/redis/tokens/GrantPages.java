package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.ListedGrants.OfHolder;
import io.revoker.domain.store.TokenStore.Counted;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.OfGrant;
import io.revoker.redis.index.IndexScan;
import io.revoker.redis.index.SharedScan;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.tokens.BundleContent.Held;
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
 * Reads the grants of a holding, a hash of its own a page. What is damaged is reported beside the others, with the
 * message that a sweep has for it.
 */
record GrantPages(RedisLink link, Keys keys, IndexScan index, SharedScan shared, GrantFacts facts, InstantSource time) {

    /** Where the page of those in shared hashes begins. */
    private static final String SHARED = "-0";

    /**
     * Reads a page.
     *
     * @param from empty for the first bundle, else where the page before ended: among the other ones, or before those
     * in shared hashes
     */
    Future<ListedGrants> page(Holding holding, String from) {
        return read(holding, from)
                .compose(page ->
                        all(page, this::held).map(all -> new ListedGrants(all.grants(), all.errors(), page.next())));
    }

    /** The same, of the grants that have an unexpired token that is meant. */
    Future<Counted> count(Holding holding, String from, Choice choice) {
        return read(holding, from)
                .compose(page -> all(page, grant -> counted(grant, choice))
                        .map(all -> new Counted(all.grants(), all.errors(), page.next())));
    }

    /**
     * Some hashes of a holding, or none, and where the next ones are.
     *
     * @param errors why they can't be read, or not all of them
     */
    private record Page(List<Held> grants, List<String> errors, Optional<String> next) {
        private static Page of(BundleContent content, Optional<String> next) {
            return new Page(content.grants(), content.isSound() ? List.of() : damaged(content.holding()), next);
        }

        private static Page and(Page a, Page b) {
            return new Page(
                    Stream.concat(a.grants.stream(), b.grants.stream()).toList(),
                    Stream.concat(a.errors.stream(), b.errors.stream()).toList(),
                    Optional.empty());
        }

        private boolean isEmpty() {
            return grants.isEmpty() && errors.isEmpty();
        }

        private static List<String> damaged(Holding holding) {
            return List.of(HolderProblem.of(holding, "Redis: damaged grant").line());
        }
    }

    private Future<Page> read(Holding holding, String from) {
        return SharedHash.of(holding)
                .map(hash -> read(holding, BundleContent.read(link, keys, hash), content -> Optional.empty()))
                .orElseGet(() -> read(holding, holding.holder().orElseThrow(), from));
    }

    private Future<Page> read(Holding holding, UserInRealm holder, String from) {
        Optional<String> afterOwn = Optional.of(SHARED).filter(any -> Bundle.hasAll(holding));
        if (from.equals(SHARED)) {
            return shared.bundles(holder).compose(found -> readShared(holding, found));
        }
        if (from.isEmpty()) {
            return readFirst(holding, holder, afterOwn)
                    .compose(page -> page.isEmpty() && page.next().equals(Optional.of(SHARED))
                            ? read(holding, holder, SHARED)
                            : Future.succeededFuture(page));
        }
        return index.page(keys.bundles(holder), IndexScan.parse(from), 1)
                .compose(others -> others.names().isEmpty()
                        ? Future.succeededFuture(new Page(List.of(), List.of(), afterOwn))
                        : read(
                                holding,
                                BundleContent.read(
                                        link,
                                        keys,
                                        new Bundle(
                                                holder,
                                                Integer.parseInt(others.names().get(0)))),
                                content -> others.next().map(IndexScan::text).or(() -> afterOwn)));
    }

    private Future<Page> readFirst(Holding holding, UserInRealm holder, Optional<String> afterOwn) {
        return read(
                holding,
                BundleContent.read(link, keys, Bundle.first(holder)),
                content -> content.filter(BundleContent::hasOthers).isPresent()
                        ? Optional.of(IndexScan.text(Cursor.START))
                        : afterOwn);
    }

    /** All of them: a holder has few grants there. */
    private Future<Page> readShared(Holding holding, List<Bundle> bundles) {
        return Future.all(bundles.stream()
                        .map(bundle ->
                                read(holding, BundleContent.read(link, keys, bundle), content -> Optional.empty()))
                        .toList())
                .map(all ->
                        all.<Page>list().stream().reduce(new Page(List.of(), List.of(), Optional.empty()), Page::and));
    }

    /**
     * A key that another application has overwritten is damaged as a whole.
     *
     * @param next what comes after the content, which is empty then
     */
    private static Future<Page> read(
            Holding holding, Future<BundleContent> content, Function<Optional<BundleContent>, Optional<String>> next) {
        return content.map(read -> Page.of(read, next.apply(Optional.of(read))))
                .recover(failure -> RedisFailure.isOfAnotherType(failure)
                        ? Future.succeededFuture(
                                new Page(List.of(), Page.damaged(holding), next.apply(Optional.empty())))
                        : Future.failedFuture(failure));
    }

    /** One grant, unless it is not meant, and why not all of it can be read. */
    private record Each<T>(Optional<T> grant, List<String> errors) {}

    private record All<T>(List<T> grants, List<String> errors) {}

    private static <T> Future<All<T>> all(Page page, Function<Held, Future<Each<T>>> each) {
        return Future.all(page.grants().stream().map(each).toList()).map(done -> {
            List<Each<T>> read = done.list();
            return new All<>(
                    read.stream().flatMap(one -> one.grant().stream()).toList(),
                    Stream.concat(page.errors().stream(), read.stream().flatMap(one -> one.errors().stream()))
                            .toList());
        });
    }

    private Future<Each<OfHolder>> held(Held grant) {
        GrantState state = grant.state();
        Map<TokenKind, Instant> live = new EnumMap<>(TokenKind.class);
        live(state).forEach(kind -> live.put(kind, state.expiry(kind)));
        if (live.isEmpty()) {
            return Future.succeededFuture(new Each<>(Optional.empty(), List.of()));
        }
        return readable(facts.of(grant.id(), grant.bundle())).map(found -> {
            Optional<Grant.Facts> known = found.orElse(Optional.empty());
            HeldGrant held = new HeldGrant(grant.id().value(), known, state.birth(), live);
            return new Each<>(
                    Optional.of(new OfHolder(grant.bundle().holder(), held)),
                    found.isPresent() ? List.of() : withoutRecord(grant));
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
        return List.of(HolderProblem.of(grant.bundle().holder(), Selection.WITHOUT_RECORD)
                .line());
    }

    private Future<Each<OfGrant>> counted(Held grant, Choice choice) {
        GrantState state = grant.state();
        int unexpired = (int) state.unexpiredAt(time.instant()).stream()
                .filter(choice::includes)
                .count();
        int live = (int) live(state).filter(choice::includes).count();
        OfGrant counted =
                new OfGrant(grant.bundle().holder(), grant.id().value(), state.birth(), live, unexpired - live);
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
