package io.revoker.domain;

/**
 * How many tokens a step invalidated, and how many of those it touched were invalidated before. An expired token
 * counts as neither: there is nothing to invalidate.
 */
public record Tally(long invalidated, long previouslyInvalidated) {
    public static final Tally NONE = new Tally(0, 0);
    public static final Tally ONE_INVALIDATED = new Tally(1, 0);
    public static final Tally ONE_PREVIOUSLY = new Tally(0, 1);

    /** The later of two counts of the same thing: counts only grow. */
    public Tally larger(Tally other) {
        return other.touched() > touched() ? other : this;
    }

    public Tally plus(Tally other) {
        return new Tally(invalidated + other.invalidated, previouslyInvalidated + other.previouslyInvalidated);
    }

    /** How much this later count of the same thing exceeds an earlier one. */
    public Tally beyond(Tally earlier) {
        return new Tally(
                Math.max(0, invalidated - earlier.invalidated),
                Math.max(0, previouslyInvalidated - earlier.previouslyInvalidated));
    }

    private long touched() {
        return invalidated + previouslyInvalidated;
    }
}
