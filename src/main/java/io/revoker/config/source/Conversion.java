package io.revoker.config.source;

import static java.util.Map.entry;

import io.revoker.config.values.ConfigText;
import io.revoker.config.values.ConfigText.Durations;
import io.revoker.config.values.DataSize;
import io.revoker.config.values.RealmDurations;
import io.revoker.config.values.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Converts a text to a value of one type.
 *
 * @param expected the expected form of the text
 * @param parse throws {@link IllegalArgumentException} if the text has another form
 */
record Conversion(String expected, Function<String, Object> parse) {
    private static final Map<Type, Conversion> SCALARS = Map.ofEntries(
            entry(String.class, new Conversion("text", text -> text)),
            entry(int.class, new Conversion("a whole number", Integer::valueOf)),
            entry(long.class, new Conversion("a whole number", Long::valueOf)),
            entry(double.class, new Conversion("a number", Double::valueOf)),
            entry(boolean.class, new Conversion("true or false", Conversion::toBoolean)),
            entry(Duration.class, new Conversion(Durations.FORM, Durations::parse)),
            entry(DataSize.class, new Conversion(DataSize.FORM, DataSize::parse)),
            entry(Path.class, new Conversion("a path", Conversion::toPath)),
            entry(Secret.class, new Conversion("text", Secret::new)),
            entry(RealmDurations.class, new Conversion(RealmDurations.FORM, RealmDurations::parse)));

    static Conversion to(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return optional(to(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof Class<?> choice && choice.isEnum()) {
            return choice(choice);
        }
        Conversion scalar = SCALARS.get(type);
        if (scalar == null) {
            throw new IllegalStateException("type: " + type + " (expected: one that a text can be converted to)");
        }
        return scalar;
    }

    private static Conversion optional(Conversion present) {
        return new Conversion(
                present.expected + ", or nothing",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(present.parse.apply(text)));
    }

    private static Conversion choice(Class<?> type) {
        Map<String, Object> choices = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> ConfigText.lower(constant.toString()), constant -> constant));
        String expected = Arrays.stream(type.getEnumConstants())
                .map(constant -> ConfigText.lower(constant.toString()))
                .collect(Collectors.joining(", ", "one of ", ""));
        return new Conversion(
                expected, text -> Optional.ofNullable(choices.get(text)).orElseThrow(IllegalArgumentException::new));
    }

    private static Object toBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return Boolean.valueOf(text);
    }

    private static Object toPath(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return Path.of(text);
    }
}
