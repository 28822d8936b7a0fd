package io.revoker.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The instant of a revocation. Stamps are given by one script on the Redis primary and strictly increase.
 *
 * @param micros microseconds since 1970-01-01T00:00:00Z; 0 is "before the first revocation"
 */
public record Stamp(long micros) implements Comparable<Stamp> {
    public static final Stamp NONE = new Stamp(0);
    private static final Pattern TEXT = Pattern.compile("[0-9]{1,18}");

    public Stamp {
        if (micros < 0) {
            throw new IllegalArgumentException("stamp: " + micros + " (expected: >= 0)");
        }
    }

    /** Reads one that came from outside, in digits; empty if the text is none. */
    public static Optional<Stamp> parse(String text) {
        return TEXT.matcher(text).matches() ? Optional.of(new Stamp(Long.parseLong(text))) : Optional.empty();
    }

    public boolean isAfter(Stamp other) {
        return micros > other.micros;
    }

    /** The newer one of both. */
    public Stamp newer(Stamp other) {
        return other.isAfter(this) ? other : this;
    }

    /** The instant on the wall clock, in whole microseconds. */
    public Instant instant() {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The first whole second after it, in seconds since 1970-01-01T00:00:00Z. */
    public long nextSecond() {
        return micros / 1_000_000 + 1;
    }

    @Override
    public int compareTo(Stamp other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public String toString() {
        return Long.toString(micros);
    }
}
