package io.revoker.http.elastic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is answered with an error. Its exception message has only status and type. The reason may quote the
 * request, so it belongs in the answer and not in a log.
 */
final class ElasticError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The forms of an error body. */
    sealed interface Content {
        /**
         * The usual form.
         *
         * @param root shown as {@code root_cause}; often the error itself
         */
        record Envelope(Cause error, Cause root) implements Content {}

        /** {@code {"error":"text","status":406}}. */
        record Plain(String text) implements Content {}

        /**
         * {@code {"error":"invalid_grant","error_description":"text"}}, of
         * <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749</a>.
         */
        record OAuth(String error, String description) implements Content {}
    }

    private final int status;
    private final Content content;
    private final Map<String, List<String>> headers;

    private ElasticError(int status, Content content, Map<String, List<String>> headers) {
        super(summary(status, content), null, false, false);
        this.status = status;
        this.content = content;
        this.headers = Map.copyOf(headers);
    }

    static ElasticError of(int status, Cause error) {
        return of(status, error, error);
    }

    static ElasticError of(int status, Cause error, Cause root) {
        return new ElasticError(status, new Content.Envelope(error, root), Map.of());
    }

    static ElasticError plain(int status, String text) {
        return new ElasticError(status, new Content.Plain(text), Map.of());
    }

    static ElasticError oauth(String error, String description) {
        return new ElasticError(400, new Content.OAuth(error, description), Map.of());
    }

    /** The same error with this header only. The usual form repeats it in the body, as Elasticsearch does. */
    ElasticError withHeader(String name, List<String> values) {
        return new ElasticError(status, content, Map.of(name, List.copyOf(values)));
    }

    int status() {
        return status;
    }

    Content content() {
        return content;
    }

    /** Headers of the answer, one line for each value. */
    Map<String, List<String>> headers() {
        return headers;
    }

    private static String summary(int status, Content content) {
        return content instanceof Content.Envelope envelope
                ? status + " " + envelope.error().type()
                : Integer.toString(status);
    }

    /**
     * One exception as an error body shows it.
     *
     * @param type in snake case, as clients match it
     * @param reason may quote the request; made well-formed, because a lone surrogate has no UTF-8 form
     */
    record Cause(String type, String reason, Optional<Cause> causedBy) {
        Cause {
            reason = new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }

        static Cause of(String type, String reason) {
            return new Cause(type, reason, Optional.empty());
        }

        static Cause illegalArgument(String reason) {
            return of("illegal_argument_exception", reason);
        }

        static Cause unreadable(String reason) {
            return of("x_content_parse_exception", reason);
        }

        Cause causedBy(Cause cause) {
            return new Cause(type, reason, Optional.of(cause));
        }
    }
}
