package io.revoker.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Bounds how much of one kind of bulk work an event loop has in flight at the store, over all requests, first come,
 * first served. Work beyond the bound waits here and not in the queue of Redis, where single requests would have to
 * wait behind it. Waiting work begins when other work is answered, so one turn of the event loop never begins more
 * than the bound. Used by one event loop.
 */
public final class BulkQueue {
    /** Tokens of batches in flight. Redis answers this many before a single check that comes after them notices. */
    private static final int CHECKS = 512;

    private static final int CHECKS_BESIDE_REVOCATIONS = 128;

    /** Lines of streams in flight. */
    private static final int LINES = 256;

    private static final int LINES_BESIDE_REVOCATIONS = 32;

    /**
     * Commands that one line has in flight at once, those of the audit trail too, doubled to leave half of the room to
     * other requests.
     */
    private static final int COMMANDS_OF_LINE = 16;

    private final IntSupplier room;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int taken;
    private boolean beginning;

    /** @param room the sum of the weights that may be in flight now */
    public BulkQueue(IntSupplier room) {
        this.room = room;
    }

    /** For the checks of batches, each of which has one command in flight: at most half of the allowed number. */
    public static BulkQueue ofChecks(int maxCommands, RevocationPriority priority) {
        int most = maxCommands / 2;
        return new BulkQueue(() -> Math.min(priority.isTaken() ? CHECKS_BESIDE_REVOCATIONS : CHECKS, most));
    }

    /** For the lines of streams. */
    public static BulkQueue ofLines(int maxCommands, RevocationPriority priority) {
        int most = maxCommands / COMMANDS_OF_LINE;
        return new BulkQueue(() -> Math.min(priority.isTaken() ? LINES_BESIDE_REVOCATIONS : LINES, most));
    }

    private record Piece(int weight, Runnable begin) {}

    /** Does a piece of work when its turn has come. A piece that weighs more than there is room for is done alone. */
    public <T> Future<T> take(int weight, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        int taking = Math.min(weight, room());
        waiting.add(new Piece(
                taking,
                () -> Future.succeededFuture()
                        .compose(turn -> work.get())
                        .onComplete(answered -> taken -= taking)
                        .onComplete(done)
                        .onComplete(answered -> begin())));
        begin();
        return done.future();
    }

    public int room() {
        return room.getAsInt();
    }

    /**
     * The flag prevents recursion: work that is answered at once would begin the next piece within itself, and so on.
     */
    private void begin() {
        if (beginning) {
            return;
        }
        beginning = true;
        while (!waiting.isEmpty() && hasRoomFor(waiting.peek())) {
            Piece next = waiting.remove();
            taken += next.weight();
            next.begin().run();
        }
        beginning = false;
    }

    /** There may be less room than when the piece was added. */
    private boolean hasRoomFor(Piece next) {
        return taken == 0 || taken + next.weight() <= room();
    }
}
