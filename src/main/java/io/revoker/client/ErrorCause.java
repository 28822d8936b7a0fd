package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.util.Optional;

/**
 * An error that the service reports.
 *
 * @param type its kind, such as {@code version_conflict_engine_exception}; empty if not given
 * @param reason the error in words; empty if not given
 * @param cause what led to it
 */
public record ErrorCause(String type, String reason, Optional<ErrorCause> cause) {

    static ErrorCause of(JsonFields error) {
        return new ErrorCause(
                error.text("type").orElse(""),
                error.text("reason").orElse(""),
                error.object("caused_by").map(ErrorCause::of));
    }
}
