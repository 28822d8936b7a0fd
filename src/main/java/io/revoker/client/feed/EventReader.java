package io.revoker.client.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a stream of Server-Sent Events (WHATWG HTML, section 9.2) as its bytes come. */
final class EventReader {
    private static final int LONGEST = 1 << 20;
    private static final int DIGITS = 18;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean afterReturn;
    private Optional<Long> id = Optional.empty();
    private String name = "";
    private String data = "";

    /** The events that end in these bytes; one without a name for an id that comes without data. */
    List<FeedEvent> read(ByteBuffer bytes) throws IOException {
        List<FeedEvent> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean endsReturn = afterReturn && next == '\n';
            afterReturn = next == '\r';
            if (endsReturn) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                take(line.toString(StandardCharsets.UTF_8), events);
                line.reset();
            } else if (line.size() + data.length() < LONGEST) {
                line.write(next);
            } else {
                throw new IOException("event: longer (expected: at most " + LONGEST + " bytes)");
            }
        }
        return events;
    }

    private void take(String text, List<FeedEvent> events) throws IOException {
        if (text.isEmpty()) {
            if (id.isPresent() || !data.isEmpty()) {
                events.add(new FeedEvent(id, data.isEmpty() ? "" : name, data));
            }
            id = Optional.empty();
            name = "";
            data = "";
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(": ", colon) ? 2 : 1));
        switch (field) {
            case "id" -> id = Optional.of(stamp(value));
            case "event" -> name = value;
            case "data" -> data = data.isEmpty() ? value : data + '\n' + value;
            default -> {} // comments, retry, and what there may be one day
        }
    }

    private static long stamp(String text) throws IOException {
        if (text.isEmpty() || text.length() > DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IOException("event: an id that is no stamp (expected: 1 to " + DIGITS + " digits)");
        }
        return Long.parseLong(text);
    }
}
