package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.util.Optional;

/**
 * The service answered, but not with success: 4xx says that the request is wrong or not allowed, 5xx that the service
 * can't do it now. Its {@link #getCause() cause} is what the service names as the cause, if it names one.
 */
public final class RevokerStatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String reason;

    private RevokerStatusException(int status, ErrorCause error) {
        super(
                "status: " + status + ", type: " + error.type() + ", reason: " + error.reason(),
                error.cause()
                        .map(cause -> new RevokerStatusException(status, cause))
                        .orElse(null));
        this.status = status;
        this.type = error.type();
        this.reason = error.reason();
    }

    static RevokerStatusException of(NodeResponse response) {
        return new RevokerStatusException(response.status(), error(response));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /**
     * The kind of error, such as {@code security_exception} or {@code invalid_client}; empty if the answer names none.
     */
    public String type() {
        return type;
    }

    /** The error in words; empty if the answer has none. */
    public String reason() {
        return reason;
    }

    private static ErrorCause error(NodeResponse response) {
        try {
            return error(response.fields());
        } catch (IOException e) {
            return new ErrorCause("", "", Optional.empty());
        }
    }

    private static ErrorCause error(JsonFields body) {
        return body.object("error")
                .map(ErrorCause::of)
                .or(() -> body.text("error").map(error -> plain(error, body)))
                .orElseGet(() -> problem(body));
    }

    /** Elasticsearch's short form has a status, the error of OAuth (RFC 6749 section 5.2) has none. */
    private static ErrorCause plain(String error, JsonFields body) {
        return body.values().containsKey("status")
                ? new ErrorCause("exception", error, Optional.empty())
                : new ErrorCause(error, body.text("error_description").orElse(""), Optional.empty());
    }

    /** RFC 9457. */
    private static ErrorCause problem(JsonFields body) {
        return new ErrorCause(
                body.text("type").orElse(""),
                body.text("detail").or(() -> body.text("title")).orElse(""),
                Optional.empty());
    }
}
