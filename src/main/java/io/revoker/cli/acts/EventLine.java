package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.terminal.Shown;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** An event of the feed in one line. */
final class EventLine {
    private EventLine() {}

    static String of(JsonNode event) {
        String reason = event.path("reason").isObject() ? "  " + RevocationText.reason(event) : "";
        return Shown.text(time(event.path("stamp").asLong()) + "  " + words(event) + reason);
    }

    private static String words(JsonNode event) {
        return switch (event.path("event").asText()) {
            case "revocation" -> line("revoked", token(event));
            case "mark" -> line("revoked", many(event));
            case "lock" ->
                line("locked", many(event) + " until " + event.path("until").asText());
            case "unlock" -> line("unlocked", many(event));
            case "reset" ->
                line(
                        "reset",
                        "some may be missing before this ("
                                + event.path("reason").asText() + ")");
            default -> line(event.path("event").asText(), "");
        };
    }

    private static String line(String what, String whom) {
        return String.format(Locale.ROOT, "%-8s  %s", what, whom).stripTrailing();
    }

    private static String token(JsonNode event) {
        boolean pair = event.has("partner_hash");
        String token = switch (event.path("token_type").asText("")) {
            case "access_token" -> pair ? "an access token and its refresh token" : "an access token";
            case "refresh_token" -> pair ? "a refresh token and its access token" : "a refresh token";
            default -> event.has("token_id") ? "a JWT" : "a token";
        };
        return token
                + (event.has("realm_name")
                        ? " in realm " + event.path("realm_name").asText()
                        : "");
    }

    /** A caller of some realms does not see which user it is, or that it is everything. */
    private static String many(JsonNode event) {
        return event.has("target")
                ? RevocationText.target(event)
                : "something in every realm, hash " + event.path("hash").asText();
    }

    private static String time(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }
}
