package io.revoker.http.elastic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is answered with an error. Its message says status and type only: the reason may quote the request, so it belongs into the
 * answer and not into a log.
 */
final class ElasticFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The forms of an error body. */
    sealed interface Content {
        /**
         * The usual form.
         *
         * @param root what {@code root_cause} shows; often the error itself
         */
        record Envelope(Cause error, Cause root) implements Content {}

        /** {@code {"error":"text","status":406}}. */
        record Plain(String text) implements Content {}

        /** {@code {"error":"invalid_grant","error_description":"text"}}, of <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749</a>. */
        record OAuth(String error, String description) implements Content {}
    }

    private final int status;
    private final Content content;
    private final Map<String, List<String>> headers;

    private ElasticFault(int status, Content content, Map<String, List<String>> headers) {
        super(summary(status, content), null, false, false);
        this.status = status;
        this.content = content;
        this.headers = Map.copyOf(headers);
    }

    static ElasticFault of(int status, Cause error) {
        return of(status, error, error);
    }

    static ElasticFault of(int status, Cause error, Cause root) {
        return new ElasticFault(status, new Content.Envelope(error, root), Map.of());
    }

    static ElasticFault plain(int status, String text) {
        return new ElasticFault(status, new Content.Plain(text), Map.of());
    }

    static ElasticFault oauth(String error, String description) {
        return new ElasticFault(400, new Content.OAuth(error, description), Map.of());
    }

    /** The same fault with this header alone. The usual form repeats it in the body, as Elasticsearch does. */
    ElasticFault withHeader(String name, List<String> values) {
        return new ElasticFault(status, content, Map.of(name, List.copyOf(values)));
    }

    int status() {
        return status;
    }

    Content content() {
        return content;
    }

    /** What the answer carries as headers, one line for each value. */
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
     * @param reason may quote the request; made well-formed, because a lone surrogate has no UTF-8
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
