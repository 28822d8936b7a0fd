package io.revoker.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether answers are as a description says: status, headers, type and body. */
final class AnswerCheck {
    private final Description description;
    private final Schemas schemas;

    AnswerCheck(Description description) {
        this.description = description;
        this.schemas = new Schemas(description);
    }

    List<String> faults(Exchange exchange) {
        Answer answer = exchange.answer();
        Optional<JsonNode> response = description
                .operation(exchange.path(), exchange.method())
                .flatMap(operation -> operation.response(answer.status()));
        List<String> faults = new ArrayList<>();
        if (response.isEmpty()) {
            faults.add("status: " + answer.status() + " is not described");
        } else {
            faults.addAll(headerFaults(response.get(), answer));
            faults.addAll(bodyFaults(response.get(), exchange));
        }
        return faults.stream().map(fault -> exchange + ": " + fault).toList();
    }

    private List<String> headerFaults(JsonNode response, Answer answer) {
        Map<String, JsonNode> described = new TreeMap<>();
        response.path("headers")
                .properties()
                .forEach(header -> described.put(
                        header.getKey().toLowerCase(Locale.ROOT), description.resolve(header.getValue())));
        List<String> faults = new ArrayList<>();
        described.forEach((name, header) -> {
            if (header.path("required").asBoolean() && !answer.headers().containsKey(name)) {
                faults.add(name + ": missing");
            }
        });
        answer.ownHeaders().forEach((name, values) -> {
            if (described.containsKey(name)) {
                values.forEach(value -> faults.addAll(valueFaults(name, described.get(name), value)));
            } else {
                faults.add(name + ": is not described");
            }
        });
        return faults;
    }

    private List<String> valueFaults(String name, JsonNode header, String value) {
        JsonNode schema = header.path("schema");
        JsonNode typed = schema.path("type").asText().equals("integer")
                ? LongNode.valueOf(Long.parseLong(value))
                : TextNode.valueOf(value);
        return schemas.faults(schema, typed).stream()
                .map(fault -> name + ": " + value + " " + fault)
                .toList();
    }

    private List<String> bodyFaults(JsonNode response, Exchange exchange) {
        Answer answer = exchange.answer();
        if (exchange.method().equals("head") || (answer.body().isEmpty() && !response.has("content"))) {
            return List.of();
        }
        JsonNode content = response.path("content").path(answer.mediaType());
        if (content.isMissingNode()) {
            return List.of("type: " + answer.mediaType() + " is not described");
        }
        JsonNode schema = content.has("x-line-schema") ? content.path("x-line-schema") : content.path("schema");
        return Bodies.read(answer.mediaType(), answer.body()).stream()
                .flatMap(document -> schemas.faults(wanted(schema, exchange), document).stream())
                .toList();
    }

    /** A filter leaves members out that are always there without it. */
    private JsonNode wanted(JsonNode schema, Exchange exchange) {
        if (!exchange.call().target().contains("filter_path=")) {
            return schema;
        }
        ObjectNode anyPart = description.resolve(schema).deepCopy();
        anyPart.findParents("required").forEach(parent -> ((ObjectNode) parent).remove("required"));
        return anyPart;
    }
}
