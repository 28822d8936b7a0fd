package io.revoker.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How names and values are written in {@code revoker.yaml}. */
public final class Texts {
    private Texts() {}

    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** {@code maxBodySize} as {@code max-body-size}. */
    public static String kebab(String camel) {
        return lower(camel.replaceAll("([A-Z])", "-$1"));
    }

    /** A value as a fault quotes it: on one line. */
    public static String quote(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Texts::quote).orElse("\"\"");
        }
        if (value instanceof Duration duration) {
            return Durations.text(duration);
        }
        String text = value.toString().replaceAll("\\p{Cntrl}", "?");
        return text.isEmpty() ? "\"\"" : text;
    }
}
