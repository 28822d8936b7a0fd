package io.revoker.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One method of one path. */
record Operation(Description description, String path, String method, JsonNode item, JsonNode node) {

    /** A named example of a request or an answer. */
    record Example(String name, String mediaType, JsonNode value) {}

    List<Example> requests() {
        return examples(node.path("requestBody"));
    }

    Optional<JsonNode> response(int status) {
        JsonNode response = node.path("responses").path(Integer.toString(status));
        return response.isMissingNode() ? Optional.empty() : Optional.of(description.resolve(response));
    }

    List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        node.path("responses").fieldNames().forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        return statuses;
    }

    List<Example> answers(int status) {
        return response(status).map(Operation::examples).orElse(List.of());
    }

    /** Where the response stands: one that operations share stands in one place. */
    String place(int status) {
        JsonNode response = node.path("responses").path(Integer.toString(status));
        return response.path("$ref").asText(path + " " + method + " " + status);
    }

    List<JsonNode> parameters() {
        List<JsonNode> parameters = new ArrayList<>();
        item.path("parameters").forEach(parameter -> parameters.add(description.resolve(parameter)));
        node.path("parameters").forEach(parameter -> parameters.add(description.resolve(parameter)));
        return parameters;
    }

    /** Each alternative: the names of the schemes that a request needs together. */
    List<List<String>> security() {
        JsonNode alternatives = node.has("security")
                ? node.path("security")
                : description.root().path("security");
        List<List<String>> security = new ArrayList<>();
        alternatives.forEach(alternative -> {
            List<String> schemes = new ArrayList<>();
            alternative.fieldNames().forEachRemaining(schemes::add);
            security.add(schemes);
        });
        return security;
    }

    Listener listener() {
        return item.has("servers") ? Listener.MANAGEMENT : Listener.CLIENTS;
    }

    private static List<Example> examples(JsonNode body) {
        List<Example> examples = new ArrayList<>();
        for (Map.Entry<String, JsonNode> content : body.path("content").properties()) {
            for (Map.Entry<String, JsonNode> example :
                    content.getValue().path("examples").properties()) {
                examples.add(new Example(
                        example.getKey(), content.getKey(), example.getValue().path("value")));
            }
        }
        return examples;
    }
}
