package io.revoker.feed;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.domain.store.TokenStore;
import io.revoker.testing.EmptyMarkStore;
import io.revoker.testing.Grants;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that has lost everything fails again while the marks are written back to it. */
class ReassertionTest {
    private static final int MARKS = 3000;
    private static final int HALF_WAY = MarkStore.SLICES / 2;
    private static final Grant ONE = Grants.access(holder("corp", "joe"));
    private static final String AWAY = "Redis: away";
    private static final String NOT_ALL = "Redis: 1 revoked tokens not invalidated again (expected: 0)";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MemoryStore log = new MemoryStore(InstantSource.system());
    private final Forgetful marks = new Forgetful();
    private final MarkView view = new MarkView();
    private final Reassertion reassertion = reassertion(log);

    @BeforeEach
    void knowSome() {
        IntStream.range(0, MARKS).forEach(i -> view.learn(new Revocation(new Stamp(i + 1L), user(i))));
        get(log.append(user(MARKS)));
    }

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void keepsWhatItKnowsWhenItFailsHalfWayAndAssertsAllOfItTheNextTime() {
        marks.fails = true;
        assertThat(problem(OnLoop.on(context, reassertion::go)).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(marks.count()).isBetween(1, MARKS - 1);
        assertThat(view.size()).isEqualTo(MARKS);
        marks.held.clear();
        marks.fails = false;

        get(OnLoop.on(context, reassertion::go));

        assertThat(marks.count()).isEqualTo(MARKS);
        assertThat(view.size()).isEqualTo(MARKS);
    }

    @Test
    void beginsAnewIfTheStoreLosesWhatItWasTold() {
        view.learn(new Revocation(new Stamp(MARKS + 1L), new Target.OneToken(TokenKind.ACCESS, accessId(ONE))));
        AtomicBoolean away = new AtomicBoolean(true);
        Reassertion interrupted = reassertion(awayWhile(away));
        assertThat(problem(OnLoop.on(context, interrupted::go)).text()).isEqualTo(NOT_ALL);
        assertThat(marks.count()).isEqualTo(MARKS);

        marks.held.clear();
        marks.forgotten = get(log.goOn(Stamp.NONE));
        get(log.append(user(MARKS)));
        away.set(false);
        get(OnLoop.on(context, interrupted::go));

        assertThat(marks.count()).isEqualTo(MARKS);
    }

    private Reassertion reassertion(TokenStore tokens) {
        return new Reassertion(
                context,
                new FeedVerticle.Source(log, marks, tokens, Future::succeededFuture),
                new MarkLoader(context, marks, view),
                view);
    }

    /** Finds no token, or can't be reached. */
    private static TokenStore awayWhile(AtomicBoolean away) {
        return (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(),
                new Class<?>[] {TokenStore.class},
                (proxy, method, arguments) -> away.get()
                        ? Future.failedFuture(Problem.unavailable(AWAY))
                        : Future.succeededFuture(Optional.empty()));
    }

    private static Target user(int number) {
        return new Target.OfUser(holder("corp", "user" + number).user());
    }

    /** Has only the marks that it gets, and for a while accepts only half of them. */
    private static final class Forgetful extends EmptyMarkStore {
        private final Map<Integer, MarkSlice> held = new HashMap<>();
        private volatile boolean fails;
        /** No older entry of the log is there any longer. */
        private volatile Stamp forgotten = Stamp.NONE;

        int count() {
            return held.values().stream().mapToInt(MarkSlice::size).sum();
        }

        @Override
        public Future<Optional<MarkSlice>> slice(int number, Stamp known) {
            return Future.succeededFuture(
                    known.isAfter(forgotten)
                            ? Optional.of(held.getOrDefault(number, MarkSlice.EMPTY))
                            : Optional.empty());
        }

        @Override
        public Future<Void> raise(int number, MarkSlice raised) {
            if (fails && number >= HALF_WAY) {
                return Future.failedFuture(Problem.unavailable("Redis: gone"));
            }
            held.put(number, raised);
            return Future.succeededFuture();
        }
    }
}
