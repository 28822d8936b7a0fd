package io.revoker.http.elastic;

import static io.revoker.http.elastic.Exchange.json;
import static io.revoker.http.elastic.Expected.DONE;
import static io.revoker.http.elastic.Expected.GOOD;
import static io.revoker.http.elastic.Expected.envelope;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** P10 to P13: bodies that are no JSON, or end with what is none. */
final class UnreadableRows {
    private static final String AT =
            "\\n at [Source: (org.elasticsearch.common.io.stream.InputStreamStreamInput); line: 1, column: ";

    private UnreadableRows() {}

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments(
                        "P10",
                        json("{\"token\":\"a\",\"token\":\"b\"}"),
                        400,
                        envelope("json_parse_exception", "Duplicate field 'token'" + AT + "21]")),
                arguments(
                        "P11",
                        json("{\"token\":"),
                        400,
                        envelope(
                                "json_e_o_f_exception",
                                "Unexpected end-of-input within/between Object entries" + AT + "10]")),
                arguments(
                        "P12 name without quotes",
                        json("{token:\"a\"}"),
                        400,
                        envelope(
                                "json_parse_exception",
                                "Unexpected character ('t' (code 116)): was expecting double-quote to start field name"
                                        + AT + "2]")),
                arguments(
                        "P12 word",
                        json("hello"),
                        400,
                        envelope(
                                "json_parse_exception",
                                "Unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token"
                                        + " 'null', 'true' or 'false')" + AT + "1]")),
                arguments(
                        "P12 source within the message",
                        json("{"),
                        400,
                        envelope(
                                "json_e_o_f_exception",
                                "Unexpected end-of-input: expected close marker for Object (start marker at"
                                        + AT.replace("\\n at", "") + "1])" + AT + "2]")),
                arguments("P13 text", json(GOOD + " xyz"), 200, DONE),
                arguments("P13 object", json(GOOD + "{\"foo\":1}"), 200, DONE));
    }
}
