package io.revoker.client.feed;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One event of the feed.
 *
 * @param id its stamp; empty if it has none
 * @param name empty if there is only an id
 */
public record FeedEvent(Optional<Long> id, String name, String data) {
    public static final String HEARTBEAT = "heartbeat";
    public static final String RESET = "reset";

    /** The stamp that it names. */
    public static long stamp(JsonFields body) throws IOException {
        return body.requiredCount("stamp");
    }

    /** Parses what it says. */
    public JsonFields fields() throws IOException {
        return JsonFields.read(data.getBytes(StandardCharsets.UTF_8));
    }

    /** A time that it says, in microseconds since 1970. */
    public static long micros(JsonFields body, String name) throws IOException {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(body.requiredText(name)));
        } catch (DateTimeException | ArithmeticException e) {
            throw JsonFields.unreadable(name, "a time");
        }
    }
}
