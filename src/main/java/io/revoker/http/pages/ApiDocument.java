package io.revoker.http.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The description of the API (OpenAPI 3.1) as a tree. */
record ApiDocument(JsonNode root) {
    /** Where there is HEAD, it is that of GET. */
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete", "options", "trace");

    /** That of the class path. Blocks while it is parsed. */
    static ApiDocument ofService() {
        try (InputStream in = ApiDocument.class.getResourceAsStream("/openapi.yaml")) {
            return new ApiDocument(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One method of one path. */
    record Operation(String method, String path, JsonNode item, JsonNode node) {
        String id() {
            return node.path("operationId").asText();
        }
    }

    /** The operations of a tag, in the order of the file. */
    List<Operation> operations(String tag) {
        List<Operation> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (String method : METHODS) {
                JsonNode node = path.getValue().path(method);
                if (node.path("tags").path(0).asText().equals(tag)) {
                    found.add(new Operation(method, path.getKey(), path.getValue(), node));
                }
            }
        }
        return found;
    }

    /** The node, or what it refers to. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").textValue().substring(1)) : node;
    }
}
