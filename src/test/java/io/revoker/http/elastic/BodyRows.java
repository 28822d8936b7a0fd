package io.revoker.http.elastic;

import static io.revoker.http.elastic.Exchange.json;
import static io.revoker.http.elastic.Expected.envelope;
import static io.revoker.http.elastic.Expected.object;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** P1 to P9: bodies that are not the object they should be. */
final class BodyRows {
    private BodyRows() {}

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("P1 with type", json(""), 400, envelope("parse_exception", "request body is required")),
                arguments("P1", json("").typed(), 400, envelope("parse_exception", "request body is required")),
                object("P2", "{\"foo\":\"bar\"}", "[1:2] [invalidate_token] unknown field [foo]"),
                object("P3 user_name", "{\"user_name\":\"bar\"}", meant("user_name", "username")),
                object("P3 tokens", "{\"tokens\":\"bar\"}", meant("tokens", "token")),
                object("P3 refreshToken", "{\"refreshToken\":\"bar\"}", meant("refreshToken", "refresh_token")),
                object("P3 userName", "{\"userName\":\"bar\"}", meant("userName", "username")),
                object("P3 realm", "{\"realm\":\"r\"}", "[1:2] [invalidate_token] unknown field [realm]"),
                object("P3 TOKEN", "{\"TOKEN\":\"r\"}", "[1:2] [invalidate_token] unknown field [TOKEN]"),
                object("P4", "{\"token\":\"abc\",\"foo\":1}", "[1:16] [invalidate_token] unknown field [foo]"),
                object("P4 next line", "{\n  \"foo\":1}", "[2:3] [invalidate_token] unknown field [foo]"),
                wrongType("P5", "123", "VALUE_NUMBER"),
                wrongType("P5 fraction", "1.5", "VALUE_NUMBER"),
                wrongType("P6", "true", "VALUE_BOOLEAN"),
                wrongType("P7", "null", "VALUE_NULL"),
                object(
                        "P7 beside a good field",
                        "{\"username\":\"joe\",\"realm_name\":null}",
                        "[1:32] [invalidate_token] realm_name doesn't support values of type: VALUE_NULL"),
                wrongType("P8 array", "[\"a\"]", "START_ARRAY"),
                wrongType("P8 object", "{\"a\":1}", "START_OBJECT"),
                object("P9 array", "[\"a\"]", "[1:1] [invalidate_token] Expected START_OBJECT but was: START_ARRAY"),
                object("P9 string", "\"a\"", "[1:1] [invalidate_token] Expected START_OBJECT but was: VALUE_STRING"),
                object("P9 null", "null", "[1:1] [invalidate_token] Expected START_OBJECT but was: VALUE_NULL"));
    }

    static Arguments wrongType(String name, String value, String type) {
        return object(
                name,
                "{\"token\":" + value + "}",
                "[1:10] [invalidate_token] token doesn't support values of type: " + type);
    }

    static String meant(String unknown, String known) {
        return "[1:2] [invalidate_token] unknown field [" + unknown + "] did you mean [" + known + "]?";
    }
}
