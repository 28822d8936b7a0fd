package io.revoker.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.NameRules;
import io.revoker.domain.Problem;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a JSON object. Everything that is wrong is a {@link Problem} that has the position, and quotes nothing
 * that could be a token.
 */
public final class RequestFields {
    private final String place;
    private final JsonNode body;

    /** @param known names; any other one is an error */
    public RequestFields(JsonNode body, Set<String> known) {
        this("body", body, known);
    }

    /** @param place the name of the object in messages */
    public RequestFields(String place, JsonNode body, Set<String> known) {
        if (!body.isObject()) {
            throw Problem.invalid(
                    place + ": " + body.getNodeType().name().toLowerCase(Locale.ROOT) + " (expected: a JSON object)");
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw Problem.invalid(place + ": an unknown field (expected: "
                        + String.join(", ", known.stream().sorted().toList()) + ")");
            }
        }
        this.place = place.equals("body") ? "" : place + ".";
        this.body = body;
    }

    /** For objects that mean much more without a field: a program that has no value for it must not send null. */
    public RequestFields withoutNull() {
        body.properties().stream()
                .filter(field -> field.getValue().isNull())
                .findFirst()
                .ifPresent(field -> {
                    throw Problem.invalid(place + field.getKey() + ": null (expected: a value, or no such field)");
                });
        return this;
    }

    /** Absent if the field is missing or null. */
    public Optional<JsonNode> get(String field) {
        return Optional.of(body.path(field)).filter(value -> !value.isMissingNode() && !value.isNull());
    }

    /** Absent if the field is missing or null. An empty string is not a value. */
    public Optional<String> text(String field) {
        return get(field).map(value -> text(place + field, value));
    }

    String required(String field) {
        return text(field).orElseThrow(() -> Problem.invalid(field + ": missing (expected: a string)"));
    }

    /** A string of at least one character. */
    public static String text(String place, JsonNode value) {
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw Problem.invalid(place + ": not a string with at least one character");
        }
        return requireUnicode(place, value.textValue());
    }

    /** An unpaired surrogate has no UTF-8 form: two different tokens would get the same id. */
    private static String requireUnicode(String place, String text) {
        if (!NameRules.isUnicode(text)) {
            throw Problem.invalid(place + ": an unpaired surrogate (expected: Unicode text)");
        }
        return text;
    }
}
