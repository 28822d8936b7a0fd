package io.revoker.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.revoker.http.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** What is sent to clients. */
final class Frames {
    static final Buffer PONG = of(Buffer.buffer("{\"type\":\"pong\"}"));

    private Frames() {}

    /** A message that was published. */
    static Buffer published(String address, Buffer json) {
        return message(address, json, Buffer.buffer("{}"), "false");
    }

    /** The answer to a request, with the status that it has over HTTP. */
    static Buffer reply(String address, int status, Buffer json) {
        return message(address, json, Buffer.buffer("{\"status\":\"" + status + "\"}"), "true");
    }

    private static Buffer message(String address, Buffer body, Buffer headers, String send) {
        return of(Buffer.buffer("{\"type\":\"message\",\"address\":")
                .appendBytes(Json.write(TextNode.valueOf(address)))
                .appendString(",\"headers\":")
                .appendBuffer(headers)
                .appendString(",\"body\":")
                .appendBuffer(body)
                .appendString(",\"send\":" + send + "}"));
    }

    /**
     * A failure.
     *
     * @param frame that has caused it, if it could be read
     * @param code the similar HTTP status
     */
    static Buffer error(Optional<Frame> frame, int code, String message) {
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("type", "err");
        frame.flatMap(Frame::reply).ifPresent(address -> error.put("address", address));
        frame.map(Frame::address)
                .filter(address -> !address.isEmpty())
                .ifPresent(address -> error.put("sourceAddress", address));
        error.put("failureCode", code).put("failureType", "RECIPIENT_FAILURE").put("message", message);
        return of(Buffer.buffer(Json.write(error)));
    }

    private static Buffer of(Buffer json) {
        return Buffer.buffer(Integer.BYTES + json.length())
                .appendInt(json.length())
                .appendBuffer(json);
    }
}
