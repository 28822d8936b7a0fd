package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members of the service's JSON, in words. */
public final class RevocationText {
    /** In the order in which they are read. */
    private static final Map<String, String> WORDS = words();

    private RevocationText() {}

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("client_id", "client ");
        words.put("session_id", "session ");
        words.put("kid", "key ");
        words.put("token_type", "");
        words.put("username", "user ");
        return words;
    }

    /** Such as {@code user joe in realm corp}, and before which time its tokens were issued if only those are meant. */
    public static String target(JsonNode body) {
        JsonNode target = body.path("target");
        List<String> parts = new ArrayList<>();
        WORDS.forEach((name, word) -> {
            if (target.has(name)) {
                parts.add((parts.isEmpty() ? "" : "of ")
                        + word
                        + target.path(name).asText());
            }
        });
        if (target.has("realm_name")) {
            parts.add((parts.isEmpty() ? "realm " : "in realm ")
                    + target.path("realm_name").asText());
        } else if (target.has("username")) {
            parts.add("in every realm");
        } else if (target.has("all")) {
            parts.add("everything");
        }
        String words = parts.isEmpty() ? "one token" : String.join(" ", parts);
        return words
                + (body.has("issued_before")
                        ? issuedBefore(body.path("issued_before").asText())
                        : "");
    }

    /** Which of the tokens are meant. */
    static String issuedBefore(String time) {
        return ", issued before " + time;
    }

    static String reason(JsonNode body) {
        JsonNode reason = body.path("reason");
        String text = reason.path("text").asText("");
        return reason.path("code").asText("-") + (text.isEmpty() ? "" : ": " + text);
    }

    /** Seconds since 1970 as a time. */
    static String time(JsonNode seconds) {
        return seconds.isIntegralNumber()
                ? Instant.ofEpochSecond(seconds.asLong()).toString()
                : "-";
    }
}
