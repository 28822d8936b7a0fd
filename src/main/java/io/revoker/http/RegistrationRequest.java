package io.revoker.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The body of a registration, field by field; every fault is a {@link Problem} that names the field and never repeats a token. */
final class RegistrationRequest {
    private static final Set<String> FIELDS = Set.of(
            "realm_name",
            "username",
            "access_token",
            "refresh_token",
            "mint",
            "expires_in",
            "refresh_expires_in",
            "client_id",
            "scope",
            "issued_at");

    private final JsonNode body;

    RegistrationRequest(JsonNode body) {
        if (!body.isObject()) {
            throw Problem.invalid(
                    "body: " + body.getNodeType().name().toLowerCase(Locale.ROOT) + " (expected: a JSON object)");
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw Problem.invalid("body: an unknown field (expected: " + String.join(", ", sorted()) + ")");
            }
        }
        this.body = body;
    }

    String required(String field) {
        return text(field).orElseThrow(() -> Problem.invalid(field + ": missing (expected: a string)"));
    }

    /** Absent if the field is missing or null. An empty string is no value. */
    Optional<String> text(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw Problem.invalid(field + ": not a string with at least one character");
        }
        return Optional.of(requireUnicode(field, value.textValue()));
    }

    /** An unpaired surrogate has no UTF-8: two different tokens would get the same id. */
    private static String requireUnicode(String field, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.invalid(field + ": an unpaired surrogate (expected: Unicode text)");
        }
        return text;
    }

    OptionalLong seconds(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw Problem.invalid(field + ": not a whole number of seconds");
        }
        return OptionalLong.of(value.longValue());
    }

    /** Whether the service is to make this token itself. */
    boolean mints(String field) {
        JsonNode value = body.path("mint");
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        boolean found = false;
        for (JsonNode name : requireArray(value)) {
            String text = name.asText();
            if (!name.isTextual() || !(text.equals("access_token") || text.equals("refresh_token"))) {
                throw Problem.invalid("mint: an unknown name (expected: access_token, refresh_token)");
            }
            found |= text.equals(field);
        }
        return found;
    }

    private static JsonNode requireArray(JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw Problem.invalid("mint: not an array of names (expected: access_token, refresh_token)");
        }
        return value;
    }

    private static Iterable<String> sorted() {
        return FIELDS.stream().sorted().toList();
    }
}
