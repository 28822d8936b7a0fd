package io.revoker.faults;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Something that a client asked, and what it was answered. */
sealed interface Event {
    /** The status of an answer that did not come. */
    int NONE = 0;

    int instance();

    Span span();

    int status();

    /** Whether the service did what it is for. */
    boolean isServed();

    /** The time that a call took, of {@link System#nanoTime}. */
    record Span(long begin, long end) {
        boolean isBefore(Span other) {
            return end < other.begin;
        }

        @Override
        public String toString() {
            return TimeUnit.NANOSECONDS.toMicros(begin) + "-" + TimeUnit.NANOSECONDS.toMicros(end) + "us";
        }
    }

    /** Of one grant. */
    record Registered(int instance, Span span, List<Issued> tokens, int status) implements Event {
        boolean isAcknowledged() {
            return status == 201 || status == 200;
        }

        @Override
        public boolean isServed() {
            return isAcknowledged();
        }
    }

    /**
     * An invalidation.
     *
     * @param invalidated how many tokens died of it, as it was answered
     * @param errors how many could not be counted
     */
    record Revoked(int instance, Span span, Target target, int status, long invalidated, long errors) implements Event {
        boolean isAcknowledged() {
            return status == 200;
        }

        /** Whether it is known what it did. */
        boolean isKnown() {
            return status == 200 || status == 404;
        }

        @Override
        public boolean isServed() {
            return isKnown();
        }
    }

    /** A question for one token, by whatever route. */
    record Checked(int instance, Span span, String token, Said said, int status) implements Event {
        enum Said {
            ACTIVE,
            INACTIVE,
            /** It could not be decided, or no answer came. */
            NOTHING
        }

        @Override
        public boolean isServed() {
            return said != Said.NOTHING;
        }
    }
}
