package io.revoker.revocation.streams;

import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Status;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamStore;
import io.revoker.domain.streams.StreamStore.Stored;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out that events were removed from the log before they were delivered, and tells the receiver: its stream is
 * paused, with the reason. Once it is enabled again, what is left is delivered.
 */
final class LostEvents {
    private static final Logger LOG = LoggerFactory.getLogger(LostEvents.class);

    /** Nothing is lost that soon after everything was delivered. */
    static final Duration FRESH = Duration.ofMinutes(1);

    private static final String REASON =
            "events were not delivered within log.retention, and may be lost; enabled, the stream goes on behind them";

    private static final String GAP = "Redis has lost its newest writes; events that were not delivered may be lost";

    private final StreamStore store;
    private final InstantSource time;

    LostEvents(StreamStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /** The stream as it is after that. */
    Future<Stored> look(Stored stored) {
        boolean matters = stored.stream().condition().status() == Status.ENABLED
                && Duration.between(stored.position().reached(), time.instant()).compareTo(FRESH) > 0;
        return matters
                ? store.mayLack(stored.position())
                        .compose(lacks -> lacks ? pause(stored) : Future.succeededFuture(stored))
                : Future.succeededFuture(stored);
    }

    private Future<Stored> pause(Stored stored) {
        Condition paused = new Condition(Status.PAUSED, REASON);
        String id = stored.stream().id();
        return store.pause(stored, paused, notice(stored, paused))
                .onSuccess(done -> log(done, stored, "stream paused, events were not delivered within log.retention"))
                .compose(done -> store.find(id))
                .map(found -> found.orElseGet(() ->
                        new Stored(stored.stream().in(paused), stored.position(), stored.ahead(), stored.notices())));
    }

    /**
     * A log that has lost its newest entries goes on with an entry that says so. It is reported once: until the stream
     * has passed what was read then.
     *
     * @return the page, when that is done
     */
    Future<LogPage> tellGap(Stored stored, LogPage page) {
        boolean isNew = stored.stream().condition().status() == Status.ENABLED
                && page.continuity() == Continuity.MARKS_CHANGED
                && !stored.position().gap().isAfter(stored.position().done());
        if (!isNew) {
            return Future.succeededFuture(page);
        }
        return store.passGap(stored, page.upTo(), notice(stored, new Condition(Status.ENABLED, GAP)))
                .onSuccess(done -> log(done, stored, "the log has lost entries, events may be lost"))
                .map(page);
    }

    /** Of several instances that find it out, only the one that was first. */
    private static void log(boolean first, Stored stored, String what) {
        if (first) {
            LOG.atWarn()
                    .addKeyValue("caller", stored.stream().caller())
                    .addKeyValue("stream", stored.stream().id())
                    .log(what);
        }
    }

    private static Notice notice(Stored stored, Condition changed) {
        String id = stored.stream().id() + ".u" + stored.position().done()
                + changed.status().wireName().charAt(0);
        return new Notice(id, Notice.Matter.updated(changed));
    }

    /**
     * Gives a stream the condition that its receiver wishes: one that goes on says what is lost, if it has not been
     * said before.
     *
     * @return whether there is such a stream
     */
    Future<Boolean> enter(Stored stored, Condition wished) {
        String id = stored.stream().id();
        Condition before = stored.stream().condition();
        if (wished.status() != Status.ENABLED || before.status() != Status.PAUSED) {
            return store.change(id, wished);
        }
        return store.mayLack(stored.position())
                .compose(lacks -> lacks && !before.reason().equals(REASON)
                        ? resume(stored, new Condition(Status.ENABLED, REASON))
                        : store.resume(id, wished, time.instant(), Optional.empty()))
                .compose(resumed -> resumed ? Future.succeededFuture(true) : store.change(id, wished));
    }

    private Future<Boolean> resume(Stored stored, Condition told) {
        return store.resume(stored.stream().id(), told, time.instant(), Optional.of(notice(stored, told)));
    }
}
