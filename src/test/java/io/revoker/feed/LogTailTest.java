package io.revoker.feed;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.LogListener;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.domain.store.RevocationLog;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogTailTest {
    private static final Target USER = new Target.OfUser(holder("corp", "joe").user());
    private static final int MANY = 2500;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MemoryStore log = new MemoryStore(InstantSource.system());
    private final AtomicLong millis = new AtomicLong();
    private final MarkView view = new MarkView(() -> TimeUnit.MILLISECONDS.toNanos(millis.get()));
    private final List<Double> lags = new CopyOnWriteArrayList<>();
    private final LogTail tail = new LogTail(
            context,
            new FeedVerticle.Source(log, log, log, Future::succeededFuture),
            view,
            new FeedMeters(new SimpleMeterRegistry(), view, MANY),
            listener(revocation -> {
                millis.incrementAndGet();
                lags.add(view.progress().lagSeconds());
            }));

    private static LogListener listener(Consumer<LogEvent> each) {
        return listener(each, askedAt -> {});
    }

    private static LogListener listener(Consumer<LogEvent> each, LongConsumer atTheEnd) {
        return new LogListener() {
            @Override
            public void read(List<LogEvent> events, Stamp upTo) {
                events.forEach(each);
            }

            @Override
            public void missed(Stamp upTo) {}

            @Override
            public void reachedTheEnd(Stamp read, long askedAt) {
                atTheEnd.accept(askedAt);
            }
        };
    }

    private void end(LogTail ended) {
        get(OnLoop.on(context, () -> {
            ended.end();
            return Future.succeededFuture();
        }));
    }

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** Every revocation takes a millisecond to read, and there are two full pages and a half. */
    @Test
    void lagsUntilItHasReadTheLogToItsEnd() {
        get(OnLoop.on(context, () -> {
            Future<Void> begun = tail.begin();
            for (int i = 0; i < MANY; i++) {
                get(log.append(USER));
            }
            return begun;
        }));

        until("read", () -> lags.size() == MANY);
        end(tail);

        assertThat(lags).isSorted();
        assertThat(lags.get(MANY - 1)).isEqualTo(2.5);
        assertThat(view.progress().lagSeconds()).isZero();
    }

    /** There may be millions of them. */
    @Test
    void goesOnWithTheLogWhileItReadsTheMarksAnew() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger askedWhenHeard = new AtomicInteger();
        LogTail changed = new LogTail(
                context,
                new FeedVerticle.Source(
                        new Changed(log, new AtomicBoolean(), new AtomicLong()),
                        new Counted(log, asked, () -> get(log.append(USER))),
                        log,
                        Future::succeededFuture),
                view,
                new FeedMeters(new SimpleMeterRegistry(), view, MANY),
                listener(revocation -> askedWhenHeard.set(asked.get())));

        get(OnLoop.on(context, changed::begin));
        until("all read anew", () -> asked.get() >= 2 * MarkStore.SLICES);
        until("heard", () -> askedWhenHeard.get() > 0);

        assertThat(askedWhenHeard.get()).isLessThan(2 * MarkStore.SLICES);
        until("at the end", () -> view.isCurrent());
        end(changed);
    }

    /** The answer may come late, and others may have written in the meantime. */
    @Test
    void saysWhenItAskedAndNotWhenTheAnswerCame() {
        AtomicLong asked = new AtomicLong();
        List<Long> before = new CopyOnWriteArrayList<>();
        LogTail following = new LogTail(
                context,
                new FeedVerticle.Source(
                        new Changed(log, new AtomicBoolean(true), asked), log, log, Future::succeededFuture),
                view,
                new FeedMeters(new SimpleMeterRegistry(), view, MANY),
                listener(event -> {}, askedAt -> {
                    if (asked.get() != 0 && before.size() < MANY) {
                        before.add(asked.get() - askedAt);
                    }
                }));

        get(OnLoop.on(context, following::begin));
        until("at the end", () -> before.size() >= 3);
        end(following);

        assertThat(before).allMatch(nanos -> nanos >= 0);
    }

    /** Marks that are counted as they are read, and a revocation in the midst of it. */
    private record Counted(MarkStore marks, AtomicInteger asked, Runnable inTheMidst) implements MarkStore {
        @Override
        public Future<Optional<MarkSlice>> slice(int number, Stamp known) {
            if (asked.incrementAndGet() == SLICES + SLICES / 4) {
                inTheMidst.run();
            }
            return marks.slice(number, known);
        }

        @Override
        public Future<Void> raise(int number, MarkSlice raised) {
            return marks.raise(number, raised);
        }

        @Override
        public Future<Boolean> isSwept(MarkId mark, Stamp stamp) {
            return marks.isSwept(mark, stamp);
        }

        @Override
        public Future<List<Revocation>> due() {
            return marks.due();
        }

        @Override
        public Future<Void> drop(MarkId mark, Stamp stamp) {
            return marks.drop(mark, stamp);
        }
    }

    /** A log whose first page says that marks were raised that are not in it. */
    private record Changed(RevocationLog log, AtomicBoolean told, AtomicLong asked) implements RevocationLog {
        @Override
        public Future<LogPage> after(Stamp read, List<Stamp> known) {
            asked.set(System.nanoTime());
            return log.after(read, known)
                    .map(page -> told.getAndSet(true)
                            ? page
                            : new LogPage(page.events(), page.upTo(), page.isLast(), Continuity.MARKS_CHANGED));
        }

        @Override
        public Future<Stamp> append(Target target, Optional<Revocation.Reason> reason) {
            return log.append(target, reason);
        }

        @Override
        public Future<Entered> enter(Target target, Order order) {
            return log.enter(target, order);
        }

        @Override
        public Writing begin() {
            return log.begin();
        }

        @Override
        public Future<Stamp> newest() {
            return log.newest();
        }

        @Override
        public Future<LogPage> resume(Stamp read) {
            return log.resume(read);
        }

        @Override
        public Future<LogPage> between(Stamp read, Stamp end) {
            return log.between(read, end);
        }

        @Override
        public Future<Stamp> goOn(Stamp known) {
            return log.goOn(known);
        }
    }
}
