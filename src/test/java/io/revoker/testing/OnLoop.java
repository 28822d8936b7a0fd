package io.revoker.testing;

import io.revoker.domain.Grant;
import io.revoker.domain.Registration;
import io.revoker.domain.RevocationLog;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenStore;
import io.revoker.domain.UserInRealm;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Ports that belong to one event loop, made usable from the thread of a test. */
public record OnLoop(Context context, TokenStore store, RevocationLog log) implements TokenStore, RevocationLog {

    /** Does something on the event loop of a context. */
    public static <T> Future<T> on(Context context, Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(turn -> action.get().onComplete(done));
        return done.future();
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
    public Future<Tally> invalidate(Token token) {
        return on(context, () -> store.invalidate(token));
    }

    @Override
    public Future<Page> page(Target target, Cursor cursor) {
        return on(context, () -> store.page(target, cursor));
    }

    @Override
    public Future<Long> size(Target target) {
        return on(context, () -> store.size(target));
    }

    @Override
    public Future<Void> expect(Target target, Stamp sweep, List<UserInRealm> holders) {
        return on(context, () -> store.expect(target, sweep, holders));
    }

    @Override
    public Future<Map<String, Tally>> totals(Target target, Stamp sweep) {
        return on(context, () -> store.totals(target, sweep));
    }

    @Override
    public Future<Swept> sweep(List<Piece> pieces, Pass pass) {
        return on(context, () -> store.sweep(pieces, pass));
    }

    @Override
    public Future<Void> forget(Set<String> parts, Stamp sweep) {
        return on(context, () -> store.forget(parts, sweep));
    }

    @Override
    public Future<Stamp> append(Target target) {
        return on(context, () -> log.append(target));
    }

    @Override
    public Future<Entered> enter(Target target, Order order) {
        return on(context, () -> log.enter(target, order));
    }

    @Override
    public Writing begin() {
        Writing begun = log.begin();
        return () -> on(context, begun::confirm);
    }

    @Override
    public Future<MarkPage> marks(Stamp from) {
        return on(context, () -> log.marks(from));
    }

    @Override
    public Future<LogPage> after(Stamp stamp) {
        return on(context, () -> log.after(stamp));
    }

    @Override
    public long incarnation() {
        return store.incarnation();
    }
}
