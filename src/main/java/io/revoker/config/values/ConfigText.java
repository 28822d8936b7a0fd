package io.revoker.config.values;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The notation of names and values in {@code revoker.yaml}. */
public final class ConfigText {
    private ConfigText() {}

    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Converts {@code maxBodySize} to {@code max-body-size}. */
    public static String kebab(String camel) {
        return lower(camel.replaceAll("([A-Z])", "-$1"));
    }

    /** A value as messages quote it: on one line. */
    public static String quote(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(ConfigText::quote).orElse("\"\"");
        }
        if (value instanceof Duration duration) {
            return Durations.text(duration);
        }
        String text = value.toString().replaceAll("\\p{Cntrl}", "?");
        return text.isEmpty() ? "\"\"" : text;
    }

    /** The notation of durations in {@code revoker.yaml}: a whole number and its unit. */
    public static final class Durations {
        public static final String FORM = "a duration such as 500ms, 2s, 5m, 24h or 30d";

        private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

        private enum Unit {
            D(86_400_000),
            H(3_600_000),
            M(60_000),
            S(1000),
            MS(1);

            private final long millis;

            Unit(long millis) {
                this.millis = millis;
            }
        }

        private Durations() {}

        public static Duration parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(FORM);
            }
            return Duration.ofMillis(Unit.valueOf(ConfigText.upper(matcher.group(2))).millis)
                    .multipliedBy(Long.parseLong(matcher.group(1)));
        }

        /** The shortest text that {@link #parse} accepts for it. */
        static String text(Duration duration) {
            if (duration.isZero()) {
                return "0s";
            }
            for (Unit unit : Unit.values()) {
                if (duration.toMillis() % unit.millis == 0) {
                    return duration.toMillis() / unit.millis + ConfigText.lower(unit.name());
                }
            }
            return duration.toString();
        }
    }
}
