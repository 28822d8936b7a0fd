package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.JwtStore;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.SingleRevocations;
import io.revoker.domain.store.TokenStore;
import io.revoker.redis.index.HolderScan;
import io.revoker.redis.index.IndexScan;
import io.revoker.redis.index.RealmsOfUsers;
import io.revoker.redis.index.SharedLevels;
import io.revoker.redis.index.SharedScan;
import io.revoker.redis.index.TargetScan;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.LayoutVersion;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.log.SingleEntries;
import io.revoker.redis.sweeps.SweepTotals;
import io.revoker.redis.sweeps.Sweeper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The tokens in Redis; used by one event loop only.
 *
 * <p>The store calls a token live if and only if its record is there, its grant says that it is live, and no sweep of
 * its bundle is newer than its birth. The record is written first and never changes. The grant is written once, by the
 * first registration that finds none; after that it only ever loses its live flags. So a token whose registration
 * stopped half-way is not live, a repeated registration completes it, and nothing brings an invalidated token back: its
 * grant stays, as its own tombstone, until it expires.
 */
public final class RedisTokenStore implements TokenStore {
    private final RedisLink link;
    private final Keys keys;
    private final InstantSource time;
    private final SingleTokens tokens;
    private final Registrar registrar;
    private final SharedScan shared;
    private final GrantPages pages;
    private final TargetScan scan;
    private final HolderScan holders;
    private final Sweeper sweeper;
    private final SelectingSweeper selecting;
    private final SweepTotals totals;
    private final JwtStore jwts;

    /**
     * Create it on the event loop that will use it.
     *
     * @param realms the index of the realms of users
     * @param entries of the log
     */
    public RedisTokenStore(
            Context context,
            RedisLink link,
            Keys keys,
            StoreSettings settings,
            MarkRace race,
            InstantSource time,
            RealmsOfUsers realms,
            SingleEntries entries,
            LayoutVersion layout) {
        this.link = link;
        this.keys = keys;
        this.time = time;
        GrantFacts facts = new GrantFacts(link, keys);
        this.tokens = new SingleTokens(link, keys, new RecordCache(settings.cachedRecords()), time, facts, entries);
        this.registrar = new Registrar(
                link,
                keys,
                time,
                race,
                new BundleChooser(RandomGenerator.getDefault(), keys, layout, new SharedLevels(link, keys)),
                realms);
        IndexScan index = new IndexScan(link);
        this.shared = new SharedScan(link, keys);
        this.pages = new GrantPages(link, keys, index, shared, facts, time);
        this.scan = new TargetScan(index, keys, realms, settings.pageSize());
        this.holders = new HolderScan(index, keys, realms);
        this.sweeper = new Sweeper(link, keys, settings.pieceSize());
        this.totals = new SweepTotals(link, keys);
        this.selecting = new SelectingSweeper(link, keys, facts, totals, time);
        this.jwts = new RedisJwtStore(context, link, keys, race, time);
        link.onChange(registrar::forget);
    }

    @Override
    public Future<Registration> register(Grant grant) {
        return registrar.register(grant);
    }

    @Override
    public Future<Optional<Token>> find(TokenId id) {
        return tokens.find(id);
    }

    @Override
    public Future<Tally> invalidate(Token token, Extent extent) {
        return sendInvalidation(token, extent).compose(Sent::reply);
    }

    @Override
    public Future<Sent> sendInvalidation(Token token, Extent extent) {
        return tokens.sendInvalidation(token.id(), extent);
    }

    @Override
    public SingleRevocations singles() {
        return tokens::prepare;
    }

    @Override
    public Future<Optional<Pair>> pair(Token token) {
        return tokens.pair(token);
    }

    @Override
    public Future<ListedGrants> grants(Holding holding, String from) {
        return pages.page(holding, from);
    }

    @Override
    public Future<Counted> count(Holding holding, String from, Choice choice) {
        return pages.count(holding, from, choice);
    }

    @Override
    public Future<Page> page(Target target, Cursor cursor) {
        return scan.page(target, cursor);
    }

    @Override
    public Future<Holding.Listing> holdings(Target target, String after) {
        return holders.page(target, after);
    }

    @Override
    public Future<Page> pageAfter(Future<?> written, Target target) {
        return scan.pageAfter(written, target);
    }

    @Override
    public Future<Long> size(Target target) {
        return scan.size(target);
    }

    @Override
    public Future<Boolean> hasAny(List<Holding> holdings) {
        return Future.all(holdings.stream()
                        .map(holding -> shared.hasGrants(holding, time.instant()))
                        .toList())
                .map(all -> all.<Boolean>list().contains(true));
    }

    @Override
    public Future<Map<String, Tally>> totals(Target target, Stamp sweep) {
        return totals.read(target, sweep);
    }

    @Override
    public Future<Swept> sweep(Target target, List<Piece> pieces, Pass pass) {
        Choice choice = Choice.of(target);
        Future<?> expected = totals.expect(target, pass.before(), pieces);
        if (!choice.isAll()) {
            return expected.compose(noted -> selecting.sweep(choice, pieces, pass));
        }
        Future<Swept> swept = sweeper.sweep(pieces, pass, expected);
        return expected.compose(noted -> swept);
    }

    @Override
    public String part(UserInRealm holder) {
        return keys.tag(holder);
    }

    @Override
    public Future<Void> forget(Set<String> parts, Stamp sweep) {
        return totals.forget(parts, sweep);
    }

    @Override
    public JwtStore jwts() {
        return jwts;
    }

    @Override
    public long incarnation() {
        return link.incarnation();
    }

    /**
     * How much the store does at a time.
     *
     * @param pageSize holdings in a page of a scan
     * @param pieceSize grants that one sweep script looks at; bounds how long it blocks Redis
     * @param cachedRecords records that one event loop caches
     */
    public record StoreSettings(int pageSize, int pieceSize, int cachedRecords) {}
}
