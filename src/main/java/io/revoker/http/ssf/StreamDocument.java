package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Problem;
import io.revoker.domain.streams.EndedSessions;
import io.revoker.domain.streams.EventStream;
import io.revoker.http.ssf.TransmitterSettings.Method;
import java.util.List;

/** A stream as JSON (Shared Signals Framework 1.0, section 8.1.1). */
record StreamDocument(TransmitterSettings settings) {
    /** Members that the service sets: a receiver may send them back as they are (section 8.1.1.4). */
    private static final List<String> OURS =
            List.of("iss", "aud", "events_supported", "events_delivered", "min_verification_interval");

    ObjectNode write(EventStream stream) {
        List<String> requested = stream.settings().requested();
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("stream_id", stream.id())
                .put("iss", settings.issuer())
                .put("aud", stream.caller());
        document.putArray("events_supported").add(EndedSessions.TYPE);
        if (!requested.isEmpty()) {
            ArrayNode types = document.putArray("events_requested");
            requested.forEach(types::add);
        }
        ArrayNode delivered = document.putArray("events_delivered");
        if (requested.isEmpty() || requested.contains(EndedSessions.TYPE)) {
            delivered.add(EndedSessions.TYPE);
        }
        writeDelivery(document, stream);
        document.put("min_verification_interval", (int)
                settings.verificationInterval().toSeconds());
        if (!stream.settings().description().isEmpty()) {
            document.put("description", stream.settings().description());
        }
        return document;
    }

    /** Without the {@code authorization_header}: whoever may ask for the stream need not know it. */
    private void writeDelivery(ObjectNode document, EventStream stream) {
        ObjectNode delivery = document.putObject("delivery");
        stream.settings()
                .endpoint()
                .ifPresentOrElse(
                        to -> delivery.put("method", Method.PUSH.urn()).put("endpoint_url", to.url()),
                        () -> delivery.put("method", Method.POLL.urn())
                                .put("endpoint_url", settings.url(TransmitterSettings.POLL + '/' + stream.id())));
    }

    /** Fails with a {@link Problem} if a receiver wants to change what is not its own. */
    void requireOursIn(JsonNode body, EventStream stream) {
        ObjectNode document = write(stream);
        for (String name : OURS) {
            if (body.has(name) && !body.get(name).equals(document.get(name))) {
                throw Problem.invalid(name + ": another one (expected: as it is, or left out)");
            }
        }
    }
}
