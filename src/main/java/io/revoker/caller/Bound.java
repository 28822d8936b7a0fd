package io.revoker.caller;

import java.util.Optional;

/** The smallest and the largest that a number may be, both included. */
record Bound(String what, int least, int most) {

    /** What is wrong with the value, if anything. */
    Optional<String> fault(int value) {
        if (value >= least && value <= most) {
            return Optional.empty();
        }
        return Optional.of(what + " " + value + " (expected: " + expected() + ")");
    }

    private String expected() {
        return least == most ? "" + least : least + " to " + most;
    }
}
