package io.revoker.audit;

import io.revoker.audit.chain.ChainedLine;
import io.revoker.domain.Problem;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Claim;
import io.revoker.domain.audit.AuditStore.Pack;
import io.revoker.domain.audit.AuditStore.Written;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the entries of one event loop to a chain of its own, one pack at a time: the next pack has what was asked for
 * while one was written, so the more there is to write, the larger the packs are. A pack that could not be written is
 * written again until it is, because a later one could not follow it otherwise; its callers get the failure at once.
 */
final class ChainWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_CHARACTERS = 256 * 1024;
    private static final long PAUSE_MILLIS = 500;
    private static final int ID_BYTES = 9;

    private final Context context;
    private final AuditStore store;
    private final Consumer<List<String>> copy;
    private final InstantSource time;
    private final Duration longestUnseen;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private String chain = newId();
    private Link end = Link.NONE;
    private Instant endWritten = Instant.MIN;

    /** What the first entry of a chain tells of the one before, of which the store has lost the end; may be empty. */
    private String continues = "";

    private boolean writing;
    private boolean scheduled;
    private boolean ended;

    /** @param act that it tells the end of; empty for none */
    private record Entry(String members, String act, Claim claim, Promise<Void> written) {}

    /**
     * @param retention after which the store may have removed a chain, which is no loss
     * @param copy gets the lines that were written
     */
    ChainWriter(
            Context context, AuditStore store, InstantSource time, Duration retention, Consumer<List<String>> copy) {
        this.time = time;
        this.longestUnseen = retention.dividedBy(2);
        this.context = context;
        this.store = store;
        this.copy = copy;
    }

    /** The end of the chain that is written now; {@link Link#NONE} if it has no entry yet. */
    Link last() {
        return end;
    }

    String chain() {
        return chain;
    }

    /** Whether there is room for the end of one more act. */
    boolean hasRoom() {
        return waiting.size() < MOST_WAITING;
    }

    /** Succeeds once it is written. */
    Future<Void> write(String members, String act) {
        return write(new Entry(members, act, Claim.OWN, Promise.promise()));
    }

    /** The same for an act of another instance, unless a third one has written its end. */
    Future<Void> claim(String members, String act) {
        return write(new Entry(members, act, Claim.LEFT_BEHIND, Promise.promise()));
    }

    /** Nothing is written, or tried again, from now on. */
    void end() {
        ended = true;
    }

    private Future<Void> write(Entry entry) {
        if (ended) {
            return Future.failedFuture(Problem.unavailable("audit: no entries are written any more"));
        }
        if (waiting.size() >= 2 * MOST_WAITING) {
            return Future.failedFuture(Problem.overloaded("audit: too many entries wait to be written"));
        }
        waiting.add(entry);
        if (!writing && !scheduled) {
            scheduled = true;
            context.runOnContext(turn -> {
                scheduled = false;
                next();
            });
        }
        return entry.written().future();
    }

    private void next() {
        if (writing || waiting.isEmpty()) {
            return;
        }
        writing = true;
        send(take());
    }

    /** Those that others may tell, too, are written by themselves. */
    private List<Entry> take() {
        List<Entry> pack = new ArrayList<>();
        int characters = 0;
        while (!waiting.isEmpty()
                && pack.size() < AuditStore.MOST_LINES
                && characters < MOST_CHARACTERS
                && (pack.isEmpty()
                        || (pack.get(0).claim() == Claim.OWN && waiting.peek().claim() == Claim.OWN))) {
            Entry entry = waiting.remove();
            characters += entry.members().length();
            pack.add(entry);
        }
        return pack;
    }

    private void send(List<Entry> entries) {
        List<String> lines = new ArrayList<>(entries.size());
        Link last = end;
        for (Entry entry : entries) {
            String members = lines.isEmpty() ? entry.members() + continues : entry.members();
            ChainedLine.Written written = ChainedLine.write(chain, last, members);
            lines.add(written.line());
            last = written.link();
        }
        Pack pack =
                new Pack(chain, end, lines, last, acts(entries), entries.get(0).claim());
        store.write(pack).onComplete(done -> settle(entries, pack, done), failure -> retry(entries, failure));
    }

    private static List<String> acts(List<Entry> entries) {
        return entries.stream().map(Entry::act).filter(act -> !act.isEmpty()).toList();
    }

    private void settle(List<Entry> entries, Pack pack, Written done) {
        switch (done) {
            case DONE -> {
                end = pack.last();
                endWritten = time.instant();
                continues = "";
                copy.accept(pack.lines());
                finish(entries);
            }
            case ALREADY_TOLD -> finish(entries);
            case OTHER_END -> {
                LOG.atWarn()
                        .addKeyValue("chain", chain)
                        .addKeyValue("number", end.number())
                        .log("audit: the store has another end of the chain, so a new one begins");
                if (endWritten.isAfter(time.instant().minus(longestUnseen))) {
                    continues = ChainedLine.continuing(chain, end);
                }
                chain = newId();
                end = Link.NONE;
                endWritten = Instant.MIN;
                send(entries);
            }
        }
    }

    private void finish(List<Entry> entries) {
        writing = false;
        entries.forEach(entry -> entry.written().tryComplete());
        next();
    }

    private void retry(List<Entry> entries, Throwable failure) {
        LOG.atWarn().addKeyValue("failure", failure.getMessage()).log("audit: entries not written, tried again");
        entries.forEach(entry -> entry.written().tryFail(failure));
        waiting.forEach(entry -> entry.written().tryFail(failure));
        if (!ended) {
            context.owner().setTimer(PAUSE_MILLIS, timer -> send(entries));
        }
    }

    private static String newId() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
