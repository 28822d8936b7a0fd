package io.revoker.http.elastic;

import static io.revoker.http.elastic.Exchange.json;
import static io.revoker.http.elastic.Expected.DONE;
import static io.revoker.http.elastic.Expected.GOOD;
import static io.revoker.http.elastic.Expected.envelope;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** P20 to P22: the Content-Type header. */
final class ContentTypeRows {
    private ContentTypeRows() {}

    static Stream<Arguments> contentTypes() {
        return Stream.of(
                arguments("P20 text", json(GOOD).typed("text/plain"), 406, unsupported("text/plain")),
                arguments(
                        "P20 form",
                        json(GOOD).typed("application/x-www-form-urlencoded"),
                        406,
                        unsupported("application/x-www-form-urlencoded")),
                arguments(
                        "P20 unknown version",
                        json(GOOD).typed("application/vnd.elasticsearch+json; compatible-with=6"),
                        406,
                        unsupported("application/vnd.elasticsearch+json; compatible-with=6")),
                arguments(
                        "P20 no body",
                        json("").typed("text/plain"),
                        400,
                        envelope("parse_exception", "request body is required")),
                arguments("P21", json(GOOD).typed(""), 400, contentType("invalid Content-Type header []")),
                arguments(
                        "P21 no slash", json("").typed("json"), 400, contentType("invalid Content-Type header [json]")),
                arguments(
                        "P21 twice",
                        json(GOOD).typed("application/json", "application/json"),
                        400,
                        contentType("only one Content-Type header should be provided")),
                arguments(
                        "P22",
                        json(GOOD).typed(),
                        406,
                        "{\"error\":\"Content-Type header is missing\",\"status\":406}"),
                arguments("json with charset", json(GOOD).typed("Application/JSON; charset=UTF-8"), 200, DONE),
                arguments("ndjson", json(GOOD).typed("application/x-ndjson"), 200, DONE),
                arguments("7", json(GOOD).typed("application/vnd.elasticsearch+json; compatible-with=7"), 200, DONE),
                arguments("8", json(GOOD).typed("application/vnd.elasticsearch+json;compatible-with=8"), 200, DONE),
                arguments("9", json(GOOD).typed("application/vnd.elasticsearch+json; compatible-with=9"), 200, DONE));
    }

    static String unsupported(String type) {
        return "{\"error\":\"Content-Type header [" + type + "] is not supported\",\"status\":406}";
    }

    static String contentType(String reason) {
        String thrown = "\"type\":\"content_type_header_exception\",\"reason\":\"java.lang.IllegalArgumentException: "
                + reason + "\"";
        return "{\"error\":{\"root_cause\":[{" + thrown + "}]," + thrown
                + ",\"caused_by\":{\"type\":\"illegal_argument_exception\",\"reason\":\"" + reason
                + "\"}},\"status\":400}";
    }
}
