package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;

/** One object of Kubernetes. */
record Manifest(JsonNode json) {
    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    String id() {
        return kind() + "/" + name();
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    boolean is(String kind, String name) {
        return kind().equals(kind) && name().equals(name);
    }

    /** A line about what is wrong with it. */
    String fault(String text) {
        return id() + ": " + text;
    }

    Manifest copy() {
        return new Manifest(json.deepCopy());
    }
}
