package io.revoker.jwt.compact;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The members of the header or of the claims. A null counts as absent. A member of another type than its specification
 * gives it is a {@link Problem}: another verifier might read something else in it.
 */
public record Members(JsonNode object) {
    private static final double MICROS = 1e6;
    /** The latest time that can be stored. */
    private static final double LAST_SECOND = 0xFFFF_FFFFL;

    public boolean has(String name) {
        return object.has(name);
    }

    /** Those of all of them. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    public Optional<String> text(String name) {
        return given(name).map(value -> text(name, value));
    }

    /** Of any type. */
    public Optional<JsonNode> anything(String name) {
        return given(name);
    }

    /** One text, or a list of texts (RFC 7519, section 4.1.3). */
    public List<String> texts(String name) {
        Optional<JsonNode> value = given(name);
        if (value.isEmpty() || !value.get().isArray()) {
            return text(name).stream().toList();
        }
        List<String> texts = new ArrayList<>();
        value.get().forEach(item -> texts.add(text(name, item)));
        return texts;
    }

    public Optional<Members> members(String name) {
        return given(name).map(value -> {
            if (!value.isObject()) {
                throw Problem.invalid(name + ": another type (expected: an object)");
            }
            return new Members(value);
        });
    }

    /** A NumericDate, which may have a fraction (RFC 7519, section 2), to the microsecond before it. */
    public Optional<Instant> time(String name) {
        return given(name).map(value -> {
            double seconds = value.isNumber() ? value.doubleValue() : Double.NaN;
            if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
                throw Problem.invalid(name + ": out of range (expected: a number of seconds since 1970)");
            }
            long micros = (long) (seconds * MICROS);
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        });
    }

    private Optional<JsonNode> given(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    private static String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw Problem.invalid(name + ": another type (expected: text)");
        }
        return value.textValue();
    }
}
