package io.revoker.http.elastic;

import static io.revoker.http.elastic.Exchange.json;
import static io.revoker.http.elastic.Expected.GOOD;
import static io.revoker.http.elastic.Expected.envelope;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** P15 to P19: query parameters. */
final class ParameterRows {
    private ParameterRows() {}

    static Stream<Arguments> parameters() {
        String unrecognized = "request [/_security/oauth2/token] contains unrecognized parameter";
        return Stream.of(
                illegal("P15", json(GOOD).with("foo", "bar"), unrecognized + ": [foo]"),
                illegal("P16", json(GOOD).with("foo", "bar").with("baz", "1"), unrecognized + "s: [baz], [foo]"),
                illegal("P17", json(GOOD).with("prety", "true"), unrecognized + ": [prety] -> did you mean [pretty]?"),
                illegal("P18", json(GOOD).with("refresh", "true"), unrecognized + ": [refresh]"),
                illegal(
                        "P19",
                        json(GOOD).with("pretty", "maybe"),
                        "Failed to parse value [maybe] as only [true] or [false] are allowed."),
                illegal(
                        "P19 human",
                        json(GOOD).with("human", "maybe"),
                        "Failed to parse value [maybe] as only [true] or [false] are allowed."),
                arguments(
                        "body before parameters",
                        json("").with("source", GOOD).with("source_content_type", "application/json"),
                        400,
                        envelope("parse_exception", "request body is required")),
                illegal("parameters before validation", json("{}").with("foo", "bar"), unrecognized + ": [foo]"),
                illegal("source beside a body", json(GOOD).with("source", GOOD), unrecognized + ": [source]"));
    }

    static Arguments illegal(String name, Exchange exchange, String reason) {
        return arguments(name, exchange, 400, envelope("illegal_argument_exception", reason));
    }
}
