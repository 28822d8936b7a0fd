package io.revoker.client.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a JSON object, by type. Fields that a caller does not ask for are ignored. The JSON parser limits the
 * depth of what it reads; who calls it limits its length.
 *
 * @param values strings, numbers, booleans, nulls, lists and maps of such values
 */
public record JsonFields(Map<?, ?> values) {
    /**
     * If a response has a field twice, the last one counts. A deferred map builds itself when it is first read, which
     * two threads must not do at once (jackson-jr 2.22.4).
     */
    private static final JSON PARSER =
            JSON.std.without(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS).without(JSON.Feature.USE_DEFERRED_MAPS);

    /**
     * Parses an object.
     *
     * @throws IOException if it is none; the message does not quote it
     */
    public static JsonFields read(byte[] body) throws IOException {
        try {
            Map<String, Object> values = PARSER.mapFrom(body);
            // The parser reads a JSON null as null.
            if (values != null) {
                return new JsonFields(values);
            }
        } catch (IOException e) {
            // Not kept as a cause: its message quotes the body, which may hold a token.
            throw unreadable();
        }
        throw unreadable();
    }

    /**
     * Writes an object.
     *
     * @param fields strings, numbers, lists of strings, and maps of such fields, written in their order
     */
    public static byte[] write(Map<String, Object> fields) {
        try {
            return unicode(PARSER.asString(fields)).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Refuses half of a surrogate pair: encoders put a question mark in its place, and that is another user or another
     * token.
     */
    public static String unicode(String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException("request: broken characters (expected: Unicode text)");
        }
        return value;
    }

    /** The text, if there is one. */
    public Optional<String> text(String name) {
        return get(name, String.class);
    }

    /** The object, if there is one. */
    public Optional<JsonFields> object(String name) {
        return get(name, Map.class).map(JsonFields::new);
    }

    /** The text. */
    public String requiredText(String name) throws IOException {
        return text(name).orElseThrow(() -> unreadable(name, "a text"));
    }

    /** True or false. */
    public boolean requiredFlag(String name) throws IOException {
        return get(name, Boolean.class).orElseThrow(() -> unreadable(name, "true or false"));
    }

    /** A whole number; like Elasticsearch's clients it accepts one in quotes. */
    public long requiredCount(String name) throws IOException {
        Object value = values.get(name);
        if (value instanceof Integer || value instanceof Long || value instanceof String) {
            try {
                return Long.parseLong(value.toString());
            } catch (NumberFormatException e) {
                throw unreadable(name, "a number");
            }
        }
        throw unreadable(name, "a number of at most " + Long.MAX_VALUE);
    }

    /** Whole seconds, if the field is there. */
    public Optional<Duration> seconds(String name) throws IOException {
        Object value = values.get(name);
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(Duration.ofSeconds(((Number) value).longValue()));
        }
        if (value == null) {
            return Optional.empty();
        }
        throw unreadable(name, "whole seconds");
    }

    /** The objects of an array; none if the field is missing. */
    public List<JsonFields> objects(String name) throws IOException {
        if (!values.containsKey(name)) {
            return List.of();
        }
        if (!(values.get(name) instanceof List<?> items)) {
            throw unreadable(name, "an array");
        }
        List<JsonFields> objects = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> fields)) {
                throw unreadable(name, "an array of objects");
            }
            objects.add(new JsonFields(fields));
        }
        return objects;
    }

    /** What is thrown for a field that is missing, or of another type. */
    public static IOException unreadable(String name, String expected) {
        return new IOException("response body: no readable " + name + " (expected: " + expected + ")");
    }

    private static IOException unreadable() {
        return new IOException("response body: unreadable (expected: a JSON object)");
    }

    private <T> Optional<T> get(String name, Class<T> type) {
        return Optional.ofNullable(values.get(name)).filter(type::isInstance).map(type::cast);
    }
}
