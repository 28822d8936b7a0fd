package io.revoker.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads Server-Sent Events (WHATWG HTML, section 9.2.6) whose data are one line of JSON. */
final class EventStreamReader {
    private static final JsonMapper JSON = new JsonMapper();

    private final BufferedReader lines;

    EventStreamReader(InputStream stream) {
        lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * One event, or what comes without one.
     *
     * @param retry after how many milliseconds to come back
     */
    record Event(Optional<String> id, Optional<Long> retry, Optional<JsonNode> data) {
        private static final Event NONE = new Event(Optional.empty(), Optional.empty(), Optional.empty());

        private Event with(String line) throws IOException {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).stripLeading();
            return switch (line.substring(0, Math.max(0, colon))) {
                case "id" -> new Event(Optional.of(value), retry, data);
                case "retry" ->
                    new Event(id, value.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(value)) : retry, data);
                case "data" -> new Event(id, retry, Optional.of(JSON.readTree(value)));
                default -> this;
            };
        }
    }

    /** Empty at the end of the stream. */
    Optional<Event> next() throws IOException {
        Event event = Event.NONE;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !event.equals(Event.NONE)) {
                return Optional.of(event);
            }
            event = event.with(line);
        }
        return Optional.empty();
    }
}
