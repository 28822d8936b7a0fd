package io.revoker.http.elastic;

import static io.revoker.http.elastic.Exchange.json;
import static io.revoker.http.elastic.Expected.DONE;
import static io.revoker.http.elastic.Expected.envelope;
import static io.revoker.http.elastic.Expected.object;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** P14 and V1 to V3: fields that contradict each other. */
final class TokenRows {
    private static final String NO_TOKEN =
            "Validation Failed: 1: token string must be provided when not specifying a" + " realm name or a username;";
    private static final String TOKEN_AND_NAME = "Validation Failed: 1: token string must not be provided when realm"
            + " name or username is specified;2: token type must not be provided when realm name or username is"
            + " specified;";
    private static final String TYPE_AND_NAME =
            "Validation Failed: 1: token type must not be provided when realm name" + " or username is specified;";

    private TokenRows() {}

    static Stream<Arguments> twoTokens() {
        String failed =
                "{\"type\":\"x_content_parse_exception\",\"reason\":\"Failed to build [invalidate_token] after last"
                        + " required field arrived\"";
        String why = "\"caused_by\":{\"type\":\"illegal_argument_exception\",\"reason\":\"only one of [token,"
                + " refresh_token] may be sent per request\"}}";
        String built = failed.substring(1) + "," + why;
        return Stream.of(
                arguments(
                        "P14",
                        json("{\"token\":\"a\",\"refresh_token\":\"b\"}"),
                        400,
                        "{\"error\":{\"root_cause\":[" + failed + "}]," + built + ",\"status\":400}"),
                arguments(
                        "P14 all four",
                        json("{\"token\":\"a\",\"refresh_token\":\"b\",\"realm_name\":\"r\",\"username\":\"u\"}"),
                        400,
                        "{\"error\":{\"root_cause\":[" + failed
                                + "}],\"type\":\"x_content_parse_exception\",\"reason\":\"[1:62] [invalidate_token] failed to"
                                + " parse field [username]\",\"caused_by\":{" + built + "},\"status\":400}"),
                object(
                        "P14 and unknown",
                        "{\"token\":\"a\",\"refresh_token\":\"b\",\"foo\":1}",
                        "[1:34] [invalidate_token] unknown field [foo]"),
                arguments("P14 one empty", json("{\"token\":\"a\",\"refresh_token\":\"\"}"), 200, DONE));
    }

    static Stream<Arguments> validation() {
        return Stream.of(
                invalid("V1 none", "{}", NO_TOKEN),
                invalid("V1 empty token", "{\"token\":\"\"}", NO_TOKEN),
                invalid("V1 empty names", "{\"realm_name\":\"\",\"username\":\"\"}", NO_TOKEN),
                invalid("V1 blank realm", "{\"realm_name\":\"  \"}", NO_TOKEN),
                invalid("V2 access", "{\"token\":\"a\",\"realm_name\":\"r\"}", TOKEN_AND_NAME),
                invalid("V2 refresh", "{\"refresh_token\":\"a\",\"username\":\"joe\"}", TOKEN_AND_NAME),
                invalid("V3", "{\"token\":\"  \",\"realm_name\":\"r\"}", TYPE_AND_NAME),
                invalid(
                        "name too long",
                        "{\"username\":\"" + "u".repeat(1025) + "\"}",
                        "Validation Failed: 1: username: 1025 characters (expected: 1 to 1024 characters);"));
    }

    static Arguments invalid(String name, String body, String reason) {
        return arguments(name, json(body), 400, envelope("action_request_validation_exception", reason));
    }
}
