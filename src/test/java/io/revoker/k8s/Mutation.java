package io.revoker.k8s;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One wrong thing in what was right.
 *
 * @param manifest kind and name, or how the name begins
 * @param value JSON, or {@code -} to take away what is there; in a list at the index it is put before what is there
 */
record Mutation(String manifest, String pointer, String value) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NOTHING = "-";

    Manifests applyTo(Manifests manifests) {
        String[] id = manifest.split("/", 2);
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = manifests.named(id[0], id[1]).json().at(place.head());
        if (parent instanceof ArrayNode list) {
            apply(list, place.last().getMatchingIndex());
        } else {
            apply((ObjectNode) parent, place.last().getMatchingProperty());
        }
        return manifests;
    }

    private void apply(ArrayNode list, int index) {
        if (value.equals(NOTHING)) {
            list.remove(index);
        } else {
            list.insert(index, parsed());
        }
    }

    private void apply(ObjectNode object, String field) {
        if (value.equals(NOTHING)) {
            object.remove(field);
        } else {
            object.set(field, parsed());
        }
    }

    private JsonNode parsed() {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value, e);
        }
    }
}
