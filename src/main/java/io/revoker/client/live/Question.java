package io.revoker.client.live;

/** Whether the token of a connection is good, put to the service again and again. On one thread. */
final class Question {
    private final Entry entry;
    private State state = State.DUE;
    /** When the connection is ended, if the token was not found good before; by {@link System#nanoTime()}. */
    private long deadline;
    /** When it is asked next, if it rests. */
    private long next;

    private long askedAt;

    /** How it stands. */
    private enum State {
        RESTING,
        /** The answer holds until something changes. */
        SETTLED,
        DUE,
        ASKED,
        /** Asked, but something has changed since. */
        OUTDATED
    }

    Question(Entry entry, long deadline) {
        this.entry = entry;
        this.deadline = deadline;
    }

    Entry entry() {
        return entry;
    }

    boolean isOver(long now) {
        return state != State.SETTLED && now - deadline >= 0;
    }

    boolean isSettled() {
        return state == State.SETTLED;
    }

    void ask(long now) {
        state = State.ASKED;
        askedAt = now;
    }

    /**
     * Something has changed.
     *
     * @param until the deadline if the answer was to hold until then
     * @return whether it has to be asked now
     */
    boolean renew(long until) {
        if (state == State.SETTLED) {
            deadline = until;
        }
        boolean isQuiet = state == State.RESTING || state == State.SETTLED;
        if (isQuiet) {
            state = State.DUE;
        } else if (state == State.ASKED) {
            state = State.OUTDATED;
        }
        return isQuiet;
    }

    /** Whether it has rested enough; then it is due. */
    boolean wakes(long now) {
        return state == State.RESTING && now - next >= 0 && renew(deadline);
    }

    /** The token was good when it was asked, and will be until something changes, unless it has since. */
    void settle() {
        if (state == State.ASKED) {
            state = State.SETTLED;
        } else {
            rest(askedAt);
        }
    }

    /**
     * The token was good when it was asked, unless something has changed since.
     *
     * @param bound for how long that holds
     */
    void confirm(long bound) {
        if (state == State.ASKED) {
            deadline = askedAt + bound;
            rest(askedAt + bound / 2);
        } else {
            rest(askedAt);
        }
    }

    void rest(long until) {
        state = State.RESTING;
        next = until;
    }
}
