package io.revoker.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a JSON object, by type. Fields that nobody asks for are ignored.
 *
 * @param values strings, numbers, booleans, {@link Json.Null}, lists and {@link JsonFields}
 */
record JsonFields(Map<String, Object> values) {

    /** The text, if there is one. */
    Optional<String> text(String name) {
        return get(name, String.class);
    }

    /** The object, if there is one. */
    Optional<JsonFields> object(String name) {
        return get(name, JsonFields.class);
    }

    String requiredText(String name) throws IOException {
        return text(name).orElseThrow(() -> unreadable(name, "a text"));
    }

    boolean requiredFlag(String name) throws IOException {
        return get(name, Boolean.class).orElseThrow(() -> unreadable(name, "true or false"));
    }

    /** A whole number; Elasticsearch's clients take it as text too. */
    long requiredCount(String name) throws IOException {
        Object value = values.getOrDefault(name, Json.Null.NULL);
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
    Optional<Duration> seconds(String name) throws IOException {
        Object value = values.getOrDefault(name, Json.Null.NULL);
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(Duration.ofSeconds(((Number) value).longValue()));
        }
        if (value == Json.Null.NULL) {
            return Optional.empty();
        }
        throw unreadable(name, "whole seconds");
    }

    /** The objects of an array; none if the field is missing. */
    List<JsonFields> objects(String name) throws IOException {
        if (!(values.getOrDefault(name, List.of()) instanceof List<?> items)) {
            throw unreadable(name, "an array");
        }
        List<JsonFields> objects = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof JsonFields object)) {
                throw unreadable(name, "an array of objects");
            }
            objects.add(object);
        }
        return objects;
    }

    static IOException unreadable(String name, String expected) {
        return new IOException("response body: no readable " + name + " (expected: " + expected + ")");
    }

    private <T> Optional<T> get(String name, Class<T> type) {
        return Optional.ofNullable(values.get(name)).filter(type::isInstance).map(type::cast);
    }
}
