package io.revoker.config.source;

import io.revoker.config.DataSize;
import io.revoker.config.Secret;
import io.revoker.config.Texts;
import io.revoker.config.Texts.Durations;
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
 * How a text becomes a value of one type.
 *
 * @param expected what the text must be
 * @param parse throws {@link IllegalArgumentException} if it isn't
 */
record Conversion(String expected, Function<String, Object> parse) {
    private static final Map<Type, Conversion> SCALARS = Map.of(
            String.class, new Conversion("text", text -> text),
            int.class, new Conversion("a whole number", Integer::valueOf),
            long.class, new Conversion("a whole number", Long::valueOf),
            double.class, new Conversion("a number", Double::valueOf),
            boolean.class, new Conversion("true or false", Conversion::toBoolean),
            Duration.class, new Conversion(Durations.FORM, Durations::parse),
            DataSize.class, new Conversion(DataSize.FORM, DataSize::parse),
            Path.class, new Conversion("a path", Conversion::toPath),
            Secret.class, new Conversion("text", Secret::new));

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
                .collect(Collectors.toMap(constant -> Texts.lower(constant.toString()), constant -> constant));
        String expected = Arrays.stream(type.getEnumConstants())
                .map(constant -> Texts.lower(constant.toString()))
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
