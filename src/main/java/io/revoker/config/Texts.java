package io.revoker.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How names and values are written in {@code revoker.yaml}. */
final class Texts {
    private Texts() {}

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** {@code maxBodySize} as {@code max-body-size}. */
    static String kebab(String camel) {
        return lower(camel.replaceAll("([A-Z])", "-$1"));
    }

    /** A value as a fault quotes it: on one line. */
    static String quote(Object value) {
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
