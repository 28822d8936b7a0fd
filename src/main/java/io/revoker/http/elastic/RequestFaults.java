package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.revoker.http.ContentCoding;
import io.revoker.http.ProblemDetails;
import io.revoker.http.elastic.ElasticFault.Cause;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The refusals of a request that is wrong in itself, whoever sends it. */
final class RequestFaults {
    private RequestFaults() {}

    static ElasticFault bodyRequired() {
        return ElasticFault.of(400, Cause.of("parse_exception", "request body is required"));
    }

    static ElasticFault bodyUnreadable(HttpException refused) {
        return ElasticFault.plain(
                refused.getStatusCode(), ProblemDetails.payload(refused).orElse("request body can't be read"));
    }

    static ElasticFault badParameters() {
        return ElasticFault.of(400, Cause.of("bad_parameter_exception", "the query is not percent-encoded"));
    }

    static ElasticFault illegalArgument(String reason) {
        return ElasticFault.of(400, Cause.illegalArgument(reason));
    }

    /** @param messages at least one, without number and semicolon */
    static ElasticFault validationFailed(List<String> messages) {
        StringBuilder reason = new StringBuilder("Validation Failed: ");
        for (int i = 0; i < messages.size(); i++) {
            reason.append(i + 1).append(": ").append(messages.get(i)).append(';');
        }
        return ElasticFault.of(400, Cause.of("action_request_validation_exception", reason.toString()));
    }

    /** @param uri with its query, as the request line has it */
    static ElasticFault wrongMethod(String uri, String method, List<String> allowed) {
        return ElasticFault.plain(
                        405,
                        "Incorrect HTTP method for uri [" + uri + "] and method [" + method + "], allowed: ["
                                + String.join(", ", allowed) + "]")
                .withHeader("Allow", List.of(String.join(",", allowed)));
    }

    /** @param uri with its query, as the request line has it */
    static ElasticFault noHandler(String uri, String method) {
        return ElasticFault.plain(400, "no handler found for uri [" + uri + "] and method [" + method + "]");
    }

    static ElasticFault contentTypeMissing() {
        return ElasticFault.plain(406, "Content-Type header is missing");
    }

    static ElasticFault contentTypeUnsupported(String header) {
        return ElasticFault.plain(406, "Content-Type header [" + header + "] is not supported");
    }

    static ElasticFault contentCodingUnsupported(List<String> headers) {
        return ElasticFault.plain(
                        415,
                        "Content-Encoding header [" + String.join(", ", headers)
                                + "] is not supported, expected gzip or none")
                .withHeader("Accept-Encoding", List.of(ContentCoding.GZIP));
    }

    static ElasticFault contentTypeMalformed(String header) {
        return contentType("invalid Content-Type header [" + header + "]");
    }

    static ElasticFault contentTypeRepeated() {
        return contentType("only one Content-Type header should be provided");
    }

    private static ElasticFault contentType(String reason) {
        return ElasticFault.of(
                400,
                Cause.of("content_type_header_exception", "java.lang.IllegalArgumentException: " + reason)
                        .causedBy(Cause.illegalArgument(reason)));
    }

    /** The refusals of a body that can't be read at all, in the words of the parser, which may quote the body. */
    static final class ParserFaults {
        private static final String SOURCE = "[Source: (org.elasticsearch.common.io.stream.InputStreamStreamInput); ";
        private static final Pattern OUR_SOURCE = Pattern.compile("\\[Source: [^;]*; ");

        private ParserFaults() {}

        static ElasticFault of(IOException e) {
            return ElasticFault.of(400, Cause.of(type(e), reason(e)));
        }

        private static String type(IOException e) {
            if (e instanceof JsonEOFException) {
                return "json_e_o_f_exception";
            }
            if (e instanceof StreamConstraintsException) {
                return "stream_constraints_exception";
            }
            return e instanceof JsonProcessingException ? "json_parse_exception" : "i_o_exception";
        }

        private static String reason(IOException e) {
            if (e instanceof JsonProcessingException unreadable) {
                return OUR_SOURCE.matcher(unreadable.getOriginalMessage()).replaceAll(Matcher.quoteReplacement(SOURCE))
                        + at(unreadable.getLocation());
            }
            return "the body is not text in UTF-8";
        }

        /** @param location absent for a bound that was passed */
        private static String at(@Nullable JsonLocation location) {
            return location == null ? "" : "\n at " + SOURCE + offset(location) + "]";
        }

        private static String offset(JsonLocation location) {
            return location.getLineNr() < 0
                    ? "byte offset: #" + location.getByteOffset()
                    : "line: " + location.getLineNr() + ", column: " + location.getColumnNr();
        }
    }
}
