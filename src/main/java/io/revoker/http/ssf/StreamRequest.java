package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.EventStream.Settings;
import io.revoker.domain.streams.EventStream.Status;
import io.revoker.http.Json;
import io.revoker.http.RequestFields;
import io.revoker.http.ssf.TransmitterSettings.Method;
import io.revoker.net.HttpTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What receivers send about streams. Members that are not known are ignored, as the framework demands; everything else
 * that is wrong is a {@link Problem}.
 */
record StreamRequest(JsonNode body) {
    private static final int MOST_TYPES = 100;
    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_STATE = 1024;
    private static final Pattern TYPE = Pattern.compile("[!-~]{1,512}");

    static StreamRequest read(byte[] text) {
        JsonNode body = Json.read(text);
        if (!body.isObject()) {
            throw Problem.invalid("body: another type (expected: a JSON object)");
        }
        return new StreamRequest(body);
    }

    String stream() {
        return text("stream_id", LONGEST_TEXT)
                .orElseThrow(() -> Problem.invalid("stream_id: missing (expected: that of a stream)"));
    }

    /** All settings of a stream. */
    Settings settings(String stream, PushRules rules) {
        return changed(stream, new Settings(Optional.empty(), List.of(), ""), rules);
    }

    /** The settings with what is given. */
    Settings changed(String stream, Settings before, PushRules rules) {
        return new Settings(
                given("delivery")
                        .map(given -> new Delivery(given, rules).endpoint(stream))
                        .orElse(before.endpoint()),
                given("events_requested").map(StreamRequest::types).orElse(before.requested()),
                text("description", LONGEST_TEXT).orElse(before.description()));
    }

    private static List<String> types(JsonNode array) {
        if (!array.isArray() || array.size() > MOST_TYPES) {
            throw Problem.invalid("events_requested: (expected: an array of at most " + MOST_TYPES + " URIs)");
        }
        List<String> types = new ArrayList<>();
        array.forEach(type -> {
            if (!type.isTextual() || !TYPE.matcher(type.textValue()).matches()) {
                throw Problem.invalid("events_requested: one that is no URI (expected: URIs of event types)");
            }
            types.add(type.textValue());
        });
        return types.stream().distinct().toList();
    }

    Condition condition() {
        Status status = text("status", LONGEST_TEXT)
                .flatMap(Status::named)
                .orElseThrow(() -> Problem.invalid("status: (expected: enabled, paused or disabled)"));
        return new Condition(status, text("reason", LONGEST_TEXT).orElse(""));
    }

    Optional<String> state() {
        return text("state", LONGEST_STATE);
    }

    private Optional<String> text(String name, int longest) {
        return given(name).map(value -> {
            String text = RequestFields.text(name, value);
            if (text.length() > longest) {
                throw Problem.invalid(name + ": too long (expected: at most " + longest + " characters)");
            }
            return text;
        });
    }

    private Optional<JsonNode> given(String name) {
        return Optional.ofNullable(body.get(name)).filter(value -> !value.isNull());
    }

    /** Without its content, of which a part may be secret. */
    @Override
    public String toString() {
        return "a request of a receiver";
    }

    /** How events come to the receiver. */
    private record Delivery(JsonNode given, PushRules rules) {
        private static final String AUTHORIZATION = "authorization_header";

        /** Absent if it polls. */
        Optional<Endpoint> endpoint(String stream) {
            String method = given.path("method").asText("");
            if (method.equals(Method.POLL.urn())) {
                return Optional.empty();
            }
            if (!method.equals(Method.PUSH.urn())) {
                throw Problem.invalid("delivery.method: another one (expected: " + Method.PUSH.urn() + " or "
                        + Method.POLL.urn() + ")");
            }
            String url = target();
            return Optional.of(
                    given.hasNonNull(AUTHORIZATION)
                            ? rules.authorization().encrypted(authorization(), stream, url)
                            : new Endpoint(url, Optional.empty()));
        }

        private String authorization() {
            return RequestFields.text("delivery." + AUTHORIZATION, given.get(AUTHORIZATION));
        }

        private String target() {
            String url = given.path("endpoint_url").asText("");
            HttpTarget target = HttpTarget.parse(url)
                    .orElseThrow(() -> Problem.invalid("delivery.endpoint_url: (expected: https://host[:port]/path)"));
            if (!rules.targets().allows(target)) {
                throw Problem.invalid("delivery.endpoint_url: (expected: https, and a public address)");
            }
            return url;
        }
    }
}
