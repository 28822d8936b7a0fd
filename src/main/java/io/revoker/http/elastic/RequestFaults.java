package io.revoker.http.elastic;

import io.revoker.http.ContentCoding;
import io.revoker.http.ProblemDetails;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;

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
}
