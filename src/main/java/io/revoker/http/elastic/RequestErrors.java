package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.revoker.http.ProblemDetails;
import io.revoker.http.elastic.ElasticError.Cause;
import io.revoker.http.request.ContentCoding;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The errors of a request that is wrong in itself, independent of its caller. */
final class RequestErrors {
    private RequestErrors() {}

    static ElasticError bodyRequired() {
        return ElasticError.of(400, Cause.of("parse_exception", "request body is required"));
    }

    static ElasticError bodyUnreadable(HttpException refused) {
        return ElasticError.plain(
                refused.getStatusCode(), ProblemDetails.payload(refused).orElse("request body can't be read"));
    }

    static ElasticError badParameters(String reason) {
        return ElasticError.of(400, Cause.of("bad_parameter_exception", reason));
    }

    static ElasticError illegalArgument(String reason) {
        return ElasticError.of(400, Cause.illegalArgument(reason));
    }

    /** @param messages at least one, without number and semicolon */
    static ElasticError validationFailed(List<String> messages) {
        StringBuilder reason = new StringBuilder("Validation Failed: ");
        for (int i = 0; i < messages.size(); i++) {
            reason.append(i + 1).append(": ").append(messages.get(i)).append(';');
        }
        return ElasticError.of(400, Cause.of("action_request_validation_exception", reason.toString()));
    }

    /** @param uri with its query, as the request line has it */
    static ElasticError wrongMethod(String uri, String method, List<String> allowed) {
        return ElasticError.plain(
                        405,
                        "Incorrect HTTP method for uri [" + uri + "] and method [" + method + "], allowed: ["
                                + String.join(", ", allowed) + "]")
                .withHeader("Allow", List.of(String.join(",", allowed)));
    }

    /** @param uri with its query, as the request line has it */
    static ElasticError noHandler(String uri, String method) {
        return ElasticError.plain(400, "no handler found for uri [" + uri + "] and method [" + method + "]");
    }

    static ElasticError contentTypeMissing() {
        return ElasticError.plain(406, "Content-Type header is missing");
    }

    static ElasticError contentTypeUnsupported(String header) {
        return ElasticError.plain(406, "Content-Type header [" + header + "] is not supported");
    }

    static ElasticError contentCodingUnsupported(List<String> headers) {
        return ElasticError.plain(
                        415,
                        "Content-Encoding header [" + String.join(", ", headers)
                                + "] is not supported, expected gzip or none")
                .withHeader("Accept-Encoding", List.of(ContentCoding.GZIP));
    }

    static ElasticError contentTypeMalformed(String header) {
        return contentType("invalid Content-Type header [" + header + "]");
    }

    static ElasticError contentTypeRepeated() {
        return contentType("only one Content-Type header should be provided");
    }

    private static ElasticError contentType(String reason) {
        return ElasticError.of(
                400,
                Cause.of("content_type_header_exception", "java.lang.IllegalArgumentException: " + reason)
                        .causedBy(Cause.illegalArgument(reason)));
    }

    /** The errors of a body that can't be parsed at all, with the text of the parser, which may quote the body. */
    static final class ParserErrors {
        private static final String SOURCE = "[Source: (org.elasticsearch.common.io.stream.InputStreamStreamInput); ";
        private static final Pattern OUR_SOURCE = Pattern.compile("\\[Source: [^;]*; ");

        private ParserErrors() {}

        static ElasticError of(IOException e) {
            return ElasticError.of(400, Cause.of(type(e), reason(e)));
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

        /** @param location absent if a bound was exceeded */
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
