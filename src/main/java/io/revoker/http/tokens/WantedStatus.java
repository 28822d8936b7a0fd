package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.statuslists.StatusListUris;
import io.revoker.domain.statuslists.StatusReference;
import java.util.Optional;

/**
 * What a registration says of the status of its token in a status list.
 *
 * @param field of the registration
 * @param claim {@code status} of the JWT
 */
record WantedStatus(Optional<JsonNode> field, Optional<JsonNode> claim) {
    private static final String FIELD = "status_list";
    private static final String EXPECTED = " (expected: true, or idx and uri as they were allocated here)";

    /** Whether the token is to get an index. */
    boolean isAsked() {
        return field.isPresent();
    }

    /** Whether the caller names an index: another token could not have it, too. */
    boolean namesOne() {
        return field.filter(value -> !isTrue(value)).isPresent();
    }

    /**
     * The index that was allocated for the token before; empty if none was. A claim that names a list of another
     * service is ignored.
     */
    Optional<StatusReference> given(StatusListUris uris) {
        Optional<StatusReference> claimed = claim.flatMap(value -> reference(value.path(FIELD), uris));
        if (field.isEmpty() || isTrue(field.get())) {
            return claimed;
        }
        StatusReference named =
                reference(field.get(), uris).orElseThrow(() -> Problem.invalid(FIELD + ": no index" + EXPECTED));
        if (claimed.filter(other -> !other.equals(named)).isPresent()) {
            throw Problem.invalid(FIELD + ": another one than the token says (expected: the same, or true)");
        }
        return Optional.of(named);
    }

    private static boolean isTrue(JsonNode value) {
        return value.isBoolean() && value.booleanValue();
    }

    private static Optional<StatusReference> reference(JsonNode place, StatusListUris uris) {
        JsonNode index = place.path("idx");
        return uris.list(place.path("uri").asText())
                .filter(list -> index.isIntegralNumber() && index.canConvertToInt() && index.intValue() >= 0)
                .map(list -> new StatusReference(list, index.intValue()));
    }
}
