package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.revoker.domain.Durability;
import io.revoker.domain.Grant;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.JwtStore;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepLedger.Delivery;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.domain.store.TokenStore;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Ports that belong to one event loop, made usable from the thread of a test. */
public record OnLoop(Context context, TokenStore store, RevocationLog log, MarkStore marks, SweepLedger ledger)
        implements TokenStore, RevocationLog, MarkStore {

    /** Does something on the event loop of a context. */
    public static <T> Future<T> on(Context context, Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(turn -> action.get().onComplete(done));
        return done.future();
    }

    /** A link that is made on the event loop of a context, and opened. */
    public static <L extends RedisLink> L opened(Context context, Supplier<L> make) {
        return get(on(context, () -> {
            L link = make.get();
            return link.open().map(link);
        }));
    }

    @Override
    public Future<Registration> register(Grant grant) {
        return on(context, () -> store.register(grant));
    }

    @Override
    public Future<Optional<Token>> find(TokenId id) {
        return on(context, () -> store.find(id));
    }

    @Override
    public Future<Tally> invalidate(Token token, Target.Extent extent) {
        return on(context, () -> store.invalidate(token, extent));
    }

    @Override
    public Future<Optional<Pair>> pair(Token token) {
        return on(context, () -> store.pair(token));
    }

    @Override
    public Future<ListedGrants> grants(Holding holding, String from) {
        return on(context, () -> store.grants(holding, from));
    }

    @Override
    public Future<Counted> count(Holding holding, String from, Choice choice) {
        return on(context, () -> store.count(holding, from, choice));
    }

    @Override
    public Future<Page> page(Target target, Cursor cursor) {
        return on(context, () -> store.page(target, cursor));
    }

    @Override
    public Future<Holding.Listing> holdings(Target target, String after) {
        return on(context, () -> store.holdings(target, after));
    }

    /** The first page, asked for in the turn of the mark. */
    public Future<Page> pageAfterMark(Target target) {
        return on(context, () -> store.pageAfter(log.append(target), target));
    }

    @Override
    public Future<Long> size(Target target) {
        return on(context, () -> store.size(target));
    }

    @Override
    public Future<Boolean> hasAny(List<Holding> holdings) {
        return on(context, () -> store.hasAny(holdings));
    }

    @Override
    public Future<Map<String, Tally>> totals(Target target, Stamp sweep) {
        return on(context, () -> store.totals(target, sweep));
    }

    @Override
    public Future<Swept> sweep(Target target, List<Piece> pieces, Pass pass) {
        return on(context, () -> store.sweep(target, pieces, pass));
    }

    @Override
    public String part(UserInRealm holder) {
        return store.part(holder);
    }

    @Override
    public Future<Void> forget(Set<String> parts, Stamp sweep) {
        return on(context, () -> store.forget(parts, sweep));
    }

    @Override
    public Future<Stamp> append(Target target, Optional<Revocation.Reason> reason) {
        return on(context, () -> log.append(target, reason));
    }

    @Override
    public Future<Entered> enter(Target target, Order order) {
        return on(context, () -> log.enter(target, order));
    }

    @Override
    public Writing begin() {
        Writing begun = log.begin();
        return new Writing() {
            @Override
            public Future<Durability> confirm() {
                return on(context, begun::confirm);
            }

            @Override
            public Future<Durability> confirm(Set<String> parts) {
                return on(context, () -> begun.confirm(parts));
            }
        };
    }

    @Override
    public Future<Stamp> newest() {
        return on(context, log::newest);
    }

    /** Of a log that is known to have no more than what was read. */
    public Future<LogPage> after(Stamp read) {
        return after(read, List.of());
    }

    @Override
    public Future<LogPage> after(Stamp read, List<Stamp> known) {
        return on(context, () -> log.after(read, known));
    }

    @Override
    public Future<LogPage> resume(Stamp read) {
        return on(context, () -> log.resume(read));
    }

    @Override
    public Future<LogPage> between(Stamp read, Stamp end) {
        return on(context, () -> log.between(read, end));
    }

    @Override
    public Future<Stamp> goOn(Stamp known) {
        return on(context, () -> log.goOn(known));
    }

    @Override
    public Future<Optional<MarkSlice>> slice(int number, Stamp known) {
        return on(context, () -> marks.slice(number, known));
    }

    @Override
    public Future<Void> raise(int number, MarkSlice raised) {
        return on(context, () -> marks.raise(number, raised));
    }

    /** Ends the sweep of a mark without an error. */
    public Future<Boolean> endSweep(Target target, Stamp stamp) {
        SweepStatus ended = SweepStatus.begun(stamp, target).at(State.ENDED, Progress.NONE, stamp.instant());
        return on(context, () -> ledger.end(ended, Delivery.ANYONE)).map(SweepLedger.End::wasOpen);
    }

    @Override
    public Future<Boolean> isSwept(MarkId mark, Stamp stamp) {
        return on(context, () -> marks.isSwept(mark, stamp));
    }

    @Override
    public Future<Void> drop(MarkId mark, Stamp stamp) {
        return on(context, () -> marks.drop(mark, stamp));
    }

    @Override
    public Future<List<Revocation>> due() {
        return on(context, marks::due);
    }

    /** The stamp that a mark stands at. */
    public Optional<Stamp> mark(Target target) {
        MarkId id = MarkId.of(target);
        List<Stamp> found = new ArrayList<>();
        get(slice(MarkId.slice(id.bits()), Stamp.NONE)).orElseThrow().forEach((bits, stamp) -> {
            if (bits == id.bits()) {
                found.add(new Stamp(stamp));
            }
        });
        return found.stream().findFirst();
    }

    @Override
    public JwtStore jwts() {
        return store.jwts();
    }

    @Override
    public long incarnation() {
        return store.incarnation();
    }
}
