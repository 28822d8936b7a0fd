package io.revoker.audit;

import io.revoker.audit.QueuedEntry.Owner;
import io.revoker.audit.chain.ChainedLine;
import io.revoker.domain.Problem;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Pack;
import io.revoker.domain.audit.AuditStore.Series;
import io.revoker.domain.audit.AuditStore.Written;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the entries of one event loop to a chain of its own, one pack at a time: the next pack has what was asked for
 * while one was written, so the more there is to write, the larger the packs are. Entries for which nobody waits come
 * together for some milliseconds first. A pack that could not be written is written again until it is, because a later
 * one could not follow it otherwise; its callers get the failure at once.
 */
final class ChainWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);
    private static final long PAUSE_MILLIS = 500;

    private final Context context;
    private final AuditStore store;
    private final Series series;
    private final Consumer<List<String>> copy;
    private final InstantSource time;
    private final Duration longestUnseen;
    private final EntryQueue queue = new EntryQueue();
    private final Promise<Void> over = Promise.promise();
    private final Linger linger;
    private String chain = ChainedLine.newChain();
    private Link last = Link.NONE;
    private Instant lastWritten = Instant.MIN;

    /** What the first entry of a chain tells of the one before, of which the store has lost the end; may be empty. */
    private String continues = "";

    private boolean busy;
    private boolean failing;
    private boolean ended;

    /** Whether the next pack is to be written now: a caller waits for one of its entries, or they were gathered. */
    private boolean due;

    /** Of the next attempt, if it is waited for. */
    private long timer = -1;

    /** What could not be written. */
    private List<QueuedEntry> unwritten = List.of();

    /** @param settings its {@code copy} gets the lines that were written */
    ChainWriter(Context context, AuditStore store, InstantSource time, TrailSettings settings, Series series) {
        this.time = time;
        this.longestUnseen = settings.retention().dividedBy(2);
        this.context = context;
        this.store = store;
        this.copy = settings.copy();
        this.series = series;
        this.linger = new Linger(context, () -> {
            due = true;
            next();
        });
    }

    /** The chain that is written now, and its end; that is {@link Link#NONE} if it has no entry yet. */
    ChainedLine.End newest() {
        return new ChainedLine.End(chain, last);
    }

    /** Whether there is room for the end of one more act. */
    boolean hasRoom() {
        return queue.hasRoom();
    }

    /** Succeeds once it is written, or another instance has told the end of its act. */
    Future<Void> write(QueuedEntry entry) {
        if (ended) {
            return Future.failedFuture(Problem.unavailable("audit: no entries are written any more"));
        }
        if (queue.isFull()) {
            return Future.failedFuture(Problem.overloaded("audit: too many entries wait to be written"));
        }
        queue.add(entry);
        due = true;
        if (linger.cut() || !busy) {
            busy = true;
            context.runOnContext(turn -> next());
        }
        return entry.written().future();
    }

    /**
     * The same of what the store has noted: that succeeds at once, and is written with others, unless the attempts to
     * write fail just now.
     */
    Future<Void> writeLater(QueuedEntry entry) {
        if (failing) {
            return write(entry);
        }
        if (!ended && !queue.isFull()) {
            queue.add(entry);
            if (!busy) {
                busy = true;
                linger.begin();
            }
        }
        return Future.succeededFuture();
    }

    /** Completes when all is written, or one more attempt has failed. Nothing can be written from now on. */
    Future<Void> end() {
        ended = true;
        if (timer >= 0 && context.owner().cancelTimer(timer)) {
            again();
        }
        if (linger.cut()) {
            next();
        }
        endIfOver();
        return over.future();
    }

    private void next() {
        if (queue.isEmpty()) {
            busy = false;
            endIfOver();
        } else if (due || ended || queue.hasPack()) {
            List<QueuedEntry> pack = queue.take();
            due = due && !queue.isEmpty();
            send(pack);
        } else {
            linger.begin();
        }
    }

    private void endIfOver() {
        if (ended && !busy) {
            over.tryComplete();
        }
    }

    private void send(List<QueuedEntry> entries) {
        Pack pack = QueuedEntry.pack(series, newest(), continues, entries);
        store.write(pack).onComplete(done -> settle(entries, pack, done), failure -> retry(entries, failure));
    }

    private void settle(List<QueuedEntry> entries, Pack pack, Written done) {
        switch (done.way()) {
            case DONE -> {
                failing = false;
                last = pack.last();
                lastWritten = time.instant();
                continues = "";
                copy.accept(pack.lines());
                queue.over(entries);
                next();
            }
            case ALREADY_TOLD -> leaveOut(entries, done.told());
            case OTHER_END -> {
                beginAnew();
                send(entries);
            }
        }
    }

    /** Of the acts of others, the entry is there. An own act has one that does not know its end. */
    private void leaveOut(List<QueuedEntry> entries, Set<String> told) {
        List<QueuedEntry> rest = new ArrayList<>();
        for (QueuedEntry entry : entries) {
            if (!told.contains(entry.act())) {
                rest.add(entry);
            } else if (entry.owner() == Owner.SELF) {
                rest.add(queue.late(entry));
            } else {
                queue.over(List.of(entry));
            }
        }
        if (rest.isEmpty()) {
            next();
        } else {
            send(rest);
        }
    }

    private void beginAnew() {
        LOG.atWarn()
                .addKeyValue("chain", chain)
                .addKeyValue("number", last.number())
                .log("audit: the store has another end of the chain, so a new one begins");
        if (lastWritten.isAfter(time.instant().minus(longestUnseen))) {
            continues = ChainedLine.continuing(newest());
        }
        chain = ChainedLine.newChain();
        last = Link.NONE;
        lastWritten = Instant.MIN;
    }

    private void retry(List<QueuedEntry> entries, Throwable failure) {
        LOG.atWarn().addKeyValue("failure", failure.getMessage()).log("audit: entries not written, tried again");
        entries.forEach(entry -> entry.written().tryFail(failure));
        queue.fail(failure);
        if (ended) {
            queue.clear();
            next();
            return;
        }
        failing = true;
        unwritten = entries;
        timer = context.owner().setTimer(PAUSE_MILLIS, fired -> again());
    }

    private void again() {
        timer = -1;
        List<QueuedEntry> entries = unwritten;
        unwritten = List.of();
        send(entries);
    }
}
