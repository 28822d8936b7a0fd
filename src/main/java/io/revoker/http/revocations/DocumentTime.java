package io.revoker.http.revocations;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The times of a document. */
final class DocumentTime {
    /** Of the year 9999, the last one of RFC 3339. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private DocumentTime() {}

    /** A time as in RFC 3339; empty if the text is none. */
    static Optional<Instant> of(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    /** The same, or whole seconds since 1970, as tokens have them. */
    static Instant of(String field, JsonNode value) {
        boolean isSecond = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= 0
                && value.longValue() <= LAST_SECOND;
        return (isSecond ? Optional.of(Instant.ofEpochSecond(value.longValue())) : of(value.asText("")))
                .orElseThrow(() ->
                        Problem.invalid(field + ": not a time (expected: as in RFC 3339, or seconds since 1970)"));
    }
}
