package io.revoker.config.values;

import io.revoker.config.values.ConfigText.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Durations of realms by their names. As a text: {@code corp=5s,partners=0s}, and in a name {@code %2C} for a comma and
 * {@code %25} for a percent sign.
 */
public record RealmDurations(Map<String, Duration> byName) {
    public static final String FORM = "name=duration, separated by commas, each name once";

    public RealmDurations {
        byName = Map.copyOf(byName);
    }

    /** Throws {@link IllegalArgumentException} if the text has another form; an empty one has none. */
    public static RealmDurations parse(String text) {
        Map<String, Duration> byName = new LinkedHashMap<>();
        for (String entry : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int end = entry.lastIndexOf('=');
            String name = entry.substring(0, Math.max(0, end)).strip();
            if (name.isEmpty() || byName.put(decoded(name), Durations.parse(entry.substring(end + 1))) != null) {
                throw new IllegalArgumentException(FORM);
            }
        }
        return new RealmDurations(byName);
    }

    private static String decoded(String name) {
        return name.replace("%2C", ",").replace("%25", "%");
    }

    public boolean areAtMost(Duration most) {
        return byName.values().stream().allMatch(one -> one.compareTo(most) <= 0);
    }

    @Override
    public String toString() {
        return byName.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Durations.text(entry.getValue()))
                .sorted()
                .collect(Collectors.joining(","));
    }
}
