package io.revoker.domain;

/** Why a request was not done, told by what the caller can do about it. Its message names no token and no secret. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The closed set of problems. */
    public enum Kind {
        /** The request is wrong: repeat it corrected. */
        INVALID,
        /** The caller may not do this. */
        FORBIDDEN,
        /** The store can't be reached, hangs, is loading or refuses to write: repeat it later. */
        UNAVAILABLE,
        /** A revocation is in force, but this answer does not have its counts: ask for the sweep. */
        UNCOUNTED,
        /** More is in flight than the bounds allow: repeat it later, slower. */
        OVERLOADED,
        /** Somebody else has written to what the store keeps: no repetition helps until that is mended. */
        DAMAGED,
        /** A fault of ours. */
        INTERNAL
    }

    private enum Store {
        HAS_ANSWERED,
        SILENT
    }

    private final Kind kind;
    private final Tally done;
    private final Store store;

    /** @param done what is known to have been invalidated before the problem */
    public Problem(Kind kind, String message, Tally done) {
        this(kind, message, done, Store.HAS_ANSWERED);
    }

    private Problem(Kind kind, String message, Tally done, Store store) {
        super(message, null, false, false);
        this.kind = kind;
        this.done = done;
        this.store = store;
    }

    public static Problem invalid(String message) {
        return new Problem(Kind.INVALID, message, Tally.NONE);
    }

    public static Problem forbidden(String message) {
        return new Problem(Kind.FORBIDDEN, message, Tally.NONE);
    }

    public static Problem unavailable(String message) {
        return new Problem(Kind.UNAVAILABLE, message, Tally.NONE);
    }

    /** The same, where the store did not say why: no answer came, or the way to it was lost. */
    public static Problem unanswered(String message) {
        return new Problem(Kind.UNAVAILABLE, message, Tally.NONE, Store.SILENT);
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

    /** The same problem, met after this much was done. */
    public Problem after(Tally tally) {
        return new Problem(kind, text(), tally, store);
    }

    /** The same problem, with some words before its own. */
    public Problem beginning(String words) {
        return new Problem(kind, words + text(), done, store);
    }

    /** Whether the same request may be done if it is sent again later; what is in force already must not be. */
    public boolean isWorthRepeating() {
        return kind == Kind.UNAVAILABLE || kind == Kind.OVERLOADED;
    }

    /** Whether it may be gone at once, because nobody has refused anything. Not known of what comes from another JVM. */
    public boolean isUnanswered() {
        return store == Store.SILENT;
    }

    public Kind kind() {
        return kind;
    }

    public Tally done() {
        return done;
    }

    /** The message; unlike {@link #getMessage()} never absent. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
