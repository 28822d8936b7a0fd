package io.revoker.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.testing.JsonSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Validates frames by the messages of an AsyncAPI document. */
record Schemas(JsonNode document, JsonSchemas schemas) {
    static Schemas of(JsonNode document) {
        return new Schemas(document, new JsonSchemas(document.at("/components/schemas")));
    }

    /** What is wrong with the frame. A member of its body that the schema does not name is a fault, too. */
    List<String> faults(String message, JsonNode frame) {
        JsonNode payload = document.at("/components/messages/" + message + "/payload");
        if (payload.isMissingNode()) {
            return List.of("no such message");
        }
        List<String> faults = new ArrayList<>(schemas.faults(payload, frame));
        body(payload)
                .forEach(body ->
                        faults.addAll(schemas.faults(closed(resolved(body).deepCopy()), frame.path("body"))));
        return faults;
    }

    private static Stream<JsonNode> body(JsonNode payload) {
        return payload.path("allOf")
                .valueStream()
                .map(part -> part.at("/properties/body"))
                .filter(JsonNode::isObject);
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").textValue().substring(1)) : schema;
    }

    private static JsonNode closed(JsonNode schema) {
        ((ObjectNode) schema).put("additionalProperties", /* v= */ false);
        return schema;
    }
}
