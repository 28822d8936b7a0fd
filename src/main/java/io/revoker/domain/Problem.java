package io.revoker.domain;

/**
 * Why a request was not done, classified by what the caller can do about it. Its message contains no token and no
 * secret.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The closed set of problems. */
    public enum Kind {
        /** The request is wrong: repeat it corrected. */
        INVALID,
        /** The caller may not do this. */
        FORBIDDEN,
        /** A lock forbids it, for the time being. */
        LOCKED,
        /** The store can't be reached, hangs, is loading or refuses to write: repeat it later. */
        UNAVAILABLE,
        /** A revocation is in force, but this answer does not have its counts: ask for the sweep. */
        UNCOUNTED,
        /** More is in flight than the bounds allow: repeat it later, slower. */
        OVERLOADED,
        /** Another program has written to the store's keys: repeating does not help until the data is repaired. */
        DAMAGED,
        /** A bug in Revoker. */
        INTERNAL
    }

    private enum Permanence {
        LASTING,
        PASSING,
        UNANSWERED
    }

    private final Kind kind;
    private final Tally done;
    private final Permanence permanence;

    /** @param done what is known to have been invalidated before the problem */
    public Problem(Kind kind, String message, Tally done) {
        this(kind, message, done, Permanence.LASTING);
    }

    private Problem(Kind kind, String message, Tally done, Permanence permanence) {
        super(message, null, false, false);
        this.kind = kind;
        this.done = done;
        this.permanence = permanence;
    }

    public static Problem invalid(String message) {
        return new Problem(Kind.INVALID, message, Tally.NONE);
    }

    public static Problem forbidden(String message) {
        return new Problem(Kind.FORBIDDEN, message, Tally.NONE);
    }

    public static Problem locked(String message) {
        return new Problem(Kind.LOCKED, message, Tally.NONE);
    }

    public static Problem unavailable(String message) {
        return new Problem(Kind.UNAVAILABLE, message, Tally.NONE);
    }

    /** The same, for a transient cause: the store can't be reached, is still loading or has no primary. */
    public static Problem passing(String message) {
        return new Problem(Kind.UNAVAILABLE, message, Tally.NONE, Permanence.PASSING);
    }

    /** The same, but what was sent may be carried out all the same: no answer came, or the connection was lost. */
    public static Problem unanswered(String message) {
        return new Problem(Kind.UNAVAILABLE, message, Tally.NONE, Permanence.UNANSWERED);
    }

    public static Problem uncounted(String message) {
        return new Problem(Kind.UNCOUNTED, message, Tally.NONE);
    }

    public static Problem overloaded(String message) {
        return new Problem(Kind.OVERLOADED, message, Tally.NONE);
    }

    public static Problem damaged(String message) {
        return new Problem(Kind.DAMAGED, message, Tally.NONE);
    }

    public static Problem internal(String message) {
        return new Problem(Kind.INTERNAL, message, Tally.NONE);
    }

    /** The problem that a failure is; any other failure is a bug, named by its class. */
    public static Problem of(Throwable failure) {
        return failure instanceof Problem problem
                ? problem
                : internal(failure.getClass().getSimpleName());
    }

    /** The same problem, which occurred after this much was done. */
    public Problem after(Tally tally) {
        return new Problem(kind, text(), tally, permanence);
    }

    /** The same problem, with a prefix before its message. */
    public Problem beginning(String words) {
        return new Problem(kind, words + text(), done, permanence);
    }

    /**
     * Whether the same request may succeed if it is sent again later. A revocation that is in force already must not
     * be repeated.
     */
    public boolean isWorthRepeating() {
        return kind == Kind.UNAVAILABLE || kind == Kind.OVERLOADED;
    }

    /** Whether its cause is transient. Always false for a problem that comes from another JVM. */
    public boolean isPassing() {
        return permanence != Permanence.LASTING;
    }

    /**
     * Whether the request may be carried out all the same, now or a little later. Always false for a problem that comes
     * from another JVM.
     */
    public boolean isUnanswered() {
        return permanence == Permanence.UNANSWERED;
    }

    public Kind kind() {
        return kind;
    }

    public Tally done() {
        return done;
    }

    /** The message; never null, unlike {@link #getMessage()}. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
