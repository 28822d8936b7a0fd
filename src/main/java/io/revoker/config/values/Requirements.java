package io.revoker.config.values;

import io.revoker.config.values.SettingsProblem.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The requirements of a section on its values. All of them are tested before {@link #check} reports those that do not
 * hold.
 */
public final class Requirements {
    private final List<Detail> problems = new ArrayList<>();

    /** Both bounds are inclusive. */
    public <T extends Comparable<T>> Requirements within(String name, T value, T low, T high) {
        return that(
                name,
                value,
                it -> it.compareTo(low) >= 0 && it.compareTo(high) <= 0,
                ConfigText.quote(low) + " to " + ConfigText.quote(high));
    }

    /** A port to listen on; 0 for a free one. */
    public Requirements port(String name, int value) {
        return within(name, value, 0, 65_535);
    }

    public Requirements host(String name, String value) {
        return that(name, value, host -> !host.isEmpty(), "a host name or an address");
    }

    public Requirements matching(String name, String value, Pattern pattern, String expected) {
        return that(name, value, pattern.asMatchPredicate(), expected);
    }

    public <T> Requirements that(String name, T value, Predicate<T> holds, String expected) {
        if (!holds.test(value)) {
            problems.add(new Detail(name, ConfigText.quote(value), expected));
        }
        return this;
    }

    /**
     * Reports those that do not hold, all at once.
     *
     * @throws SettingsProblem if there are any
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems);
        }
    }
}
