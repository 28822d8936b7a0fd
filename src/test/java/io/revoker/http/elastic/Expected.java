package io.revoker.http.elastic;

import static io.revoker.http.elastic.Exchange.json;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.params.provider.Arguments;

/** What the rows of the contract share: bodies spelled out as text. */
final class Expected {
    static final String GOOD = "{\"token\":\"abc\"}";
    static final String DONE = "{\"invalidated_tokens\":1,\"previously_invalidated_tokens\":0,\"error_count\":0}";

    private Expected() {}

    static Arguments object(String name, String body, String reason) {
        return arguments(name, json(body), 400, envelope("x_content_parse_exception", reason));
    }

    static String envelope(String type, String reason) {
        String cause = "\"type\":\"" + type + "\",\"reason\":\"" + reason + "\"";
        return "{\"error\":{\"root_cause\":[{" + cause + "}]," + cause + "},\"status\":400}";
    }
}
