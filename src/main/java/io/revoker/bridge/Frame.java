package io.revoker.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.http.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client has sent: four bytes of length, and so many of JSON, as Vert.x's bridge has it. Members that are not
 * named here are ignored.
 *
 * @param address empty for a ping
 * @param reply the address that the client wants in the answer; empty if it wants none
 */
record Frame(Type type, String address, Optional<String> reply, MultiMap headers, JsonNode body) {
    static final String AUTHORIZATION = "Authorization";
    private static final int LONGEST_ADDRESS = 200;
    private static final int MOST_HEADERS = 20;

    enum Type {
        PING,
        SEND,
        PUBLISH,
        REGISTER,
        UNREGISTER;

        private static Type named(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid("type: unknown (expected: ping, send, register or unregister)"));
        }
    }

    /** Every fault is a {@link Problem}. */
    static Frame read(Buffer frame) {
        JsonNode tree = Json.read(frame.getBytes());
        if (!tree.isObject()) {
            throw Problem.invalid("frame: not an object (expected: a JSON object)");
        }
        Type type = Type.named(text(tree, "type").orElse(""));
        Optional<String> address = text(tree, "address");
        if (type != Type.PING && address.isEmpty()) {
            throw Problem.invalid("address: missing (expected: text)");
        }
        return new Frame(type, address.orElse(""), text(tree, "replyAddress"), headers(tree), tree.path("body"));
    }

    private static Optional<String> text(JsonNode tree, String member) {
        JsonNode value = tree.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().length() > LONGEST_ADDRESS) {
            throw Problem.invalid(member + ": not such a text (expected: at most " + LONGEST_ADDRESS + " characters)");
        }
        return Optional.of(value.textValue());
    }

    private static MultiMap headers(JsonNode tree) {
        JsonNode given = tree.path("headers");
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (given.size() > MOST_HEADERS) {
            throw Problem.invalid("headers: " + given.size() + " (expected: at most " + MOST_HEADERS + ")");
        }
        given.properties().forEach(header -> {
            if (!header.getValue().isTextual()) {
                throw Problem.invalid("headers: a value that is not text (expected: text)");
            }
            headers.add(header.getKey(), header.getValue().textValue());
        });
        return headers;
    }

    /** Empty without credentials. */
    String authorization() {
        return Optional.ofNullable(headers.get(AUTHORIZATION)).orElse("");
    }

    /** Not its credentials. */
    @Override
    public String toString() {
        return "Frame[" + type + " " + address + "]";
    }
}
