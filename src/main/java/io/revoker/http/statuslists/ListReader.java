package io.revoker.http.statuslists;

import io.revoker.bus.ReadLog;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.StatusListBus;
import io.revoker.domain.Problem;
import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.statuslists.StatusListStore.Reached;
import io.revoker.domain.statuslists.StatusRequests.Begin;
import io.revoker.domain.statuslists.StatusRequests.Read;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings what is known of a list up to date, in three steps: what was revoked since the last time, by the log; the
 * allocations that are new; and again those that the revocations may mean. Whatever was revoked and acknowledged before
 * it begins is then in the bits: an allocation that was read before is found by the entry in the log, and one that is
 * read now by its state.
 */
record ListReader(RevokerBus bus, Context context) {
    /** What is lost again and again can't be read. */
    private static final int MOST_RESETS = 3;

    Future<Void> update(LoadedList list) {
        Promise<Void> done = Promise.promise();
        new Reading(list, done).log(MOST_RESETS);
        return done.future();
    }

    private StatusListBus lists() {
        return new StatusListBus(bus);
    }

    /** One update. Each step is a turn of the event loop. */
    private final class Reading {
        private final LoadedList list;
        private final Promise<Void> done;

        Reading(LoadedList list, Promise<Void> done) {
            this.list = list;
            this.done = done;
        }

        void log(int resets) {
            if (!list.isBegun()) {
                begin(resets);
                return;
            }
            then(bus.readLog(new ReadLog(list.read())), page -> {
                if (isBroken(page) || list.suspects().areTooMany()) {
                    reset(resets);
                    return;
                }
                list.suspects().addAll(page.events());
                list.readUpTo(page.upTo());
                if (page.isLast()) {
                    allocations(resets);
                } else {
                    log(resets);
                }
            });
        }

        private void begin(int resets) {
            then(lists().begin(new Begin(list.list().realm())), begun -> {
                list.suspects().add(begun.recent());
                list.readUpTo(begun.newest());
                allocations(resets);
            });
        }

        private void reset(int resets) {
            if (resets == 0) {
                done.fail(Problem.unavailable("status list: lost while it was read (expected: a retry)"));
            } else {
                list.reset();
                log(resets - 1);
            }
        }

        private void allocations(int resets) {
            Reached before = list.reached();
            then(lists().read(new Read(list.list(), before, List.of())), page -> {
                if (page.reached().number() < before.number()) {
                    reset(resets);
                    return;
                }
                list.add(page);
                if (page.reached().number() - before.number() < StatusListStore.PAGE) {
                    again(list.apply(), 0);
                } else {
                    allocations(resets);
                }
            });
        }

        private void again(List<Integer> indexes, int from) {
            if (from >= indexes.size()) {
                list.clear();
                done.complete();
                return;
            }
            int to = Math.min(indexes.size(), from + StatusListStore.PAGE);
            then(lists().read(new Read(list.list(), list.reached(), indexes.subList(from, to))), page -> {
                list.look(page.statuses());
                again(indexes, to);
            });
        }

        private <T> void then(Future<T> answer, Consumer<T> next) {
            answer.onComplete(found -> context.runOnContext(turn -> go(found, next)), done::tryFail);
        }

        private <T> void go(T found, Consumer<T> next) {
            try {
                next.accept(found);
            } catch (RuntimeException bug) {
                done.tryFail(bug);
            }
        }
    }

    /** Whether revocations may be missing in it. */
    private static boolean isBroken(LogPage page) {
        return page.continuity() == Continuity.LOST
                || page.continuity() == Continuity.MARKS_CHANGED
                || page.events().stream().anyMatch(LogEvent.Lost.class::isInstance);
    }
}
