package io.revoker.config;

import io.revoker.config.InvalidConfiguration.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a section demands of its values. All of them are tried before {@link #check} complains of those that do not hold. */
final class Requirements {
    private final List<Fault> faults = new ArrayList<>();

    /** Both bounds are allowed. */
    <T extends Comparable<T>> Requirements within(String name, T value, T low, T high) {
        return that(
                name,
                value,
                it -> it.compareTo(low) >= 0 && it.compareTo(high) <= 0,
                Texts.quote(low) + " to " + Texts.quote(high));
    }

    /** A port to listen on; 0 for a free one. */
    Requirements port(String name, int value) {
        return within(name, value, 0, 65_535);
    }

    Requirements host(String name, String value) {
        return that(name, value, host -> !host.isEmpty(), "a host name or an address");
    }

    Requirements matching(String name, String value, Pattern pattern, String expected) {
        return that(name, value, pattern.asMatchPredicate(), expected);
    }

    <T> Requirements that(String name, T value, Predicate<T> holds, String expected) {
        if (!holds.test(value)) {
            faults.add(new Fault(name, Texts.quote(value), expected));
        }
        return this;
    }

    /** @throws InvalidConfiguration if anything does not hold */
    void check() {
        if (!faults.isEmpty()) {
            throw new InvalidConfiguration(faults);
        }
    }
}
