package io.revoker.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Bounds how much of one kind of bulk work an event loop has at the store at a time, over all requests, in the order of asking. What is beyond the bound
 * waits here and not in the queue of Redis, where everybody's single requests would stand behind it; and as work is begun when other work is answered, a
 * turn of the event loop begins no more of it than that. Used by one event loop.
 */
public final class Turns {
    /** Tokens of batches. Redis has answered so many before a single check that comes behind them notices. */
    private static final int CHECKS = 512;

    private static final int CHECKS_BESIDE_REVOCATIONS = 128;

    /** Lines of streams. */
    private static final int LINES = 256;

    private static final int LINES_BESIDE_REVOCATIONS = 32;

    /** Commands that one line has under way at once, and as many again for everybody else. */
    private static final int COMMANDS_OF_LINE = 8;

    private final IntSupplier room;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int taken;
    private boolean beginning;

    /** @param room the sum of the weights of what may be under way now */
    public Turns(IntSupplier room) {
        this.room = room;
    }

    /** For the checks of batches, of which each has one command under way: at most half of what there may be. */
    public static Turns ofChecks(int maxCommands, Precedence precedence) {
        int most = maxCommands / 2;
        return new Turns(() -> Math.min(precedence.isTaken() ? CHECKS_BESIDE_REVOCATIONS : CHECKS, most));
    }

    /** For the lines of streams. */
    public static Turns ofLines(int maxCommands, Precedence precedence) {
        int most = maxCommands / COMMANDS_OF_LINE;
        return new Turns(() -> Math.min(precedence.isTaken() ? LINES_BESIDE_REVOCATIONS : LINES, most));
    }

    private record Piece(int weight, Runnable begin) {}

    /** Does a piece of work when its turn has come. One that weighs more than there is room for is done alone. */
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

    /** Work that is answered at once would else begin the next within itself, and so on. */
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

    /** There may be less than when it came. */
    private boolean hasRoomFor(Piece next) {
        return taken == 0 || taken + next.weight() <= room();
    }
}
