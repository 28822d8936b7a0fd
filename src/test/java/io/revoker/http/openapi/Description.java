package io.revoker.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The description of the service, as a tree. */
record Description(ObjectNode root) {
    static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    static Description ofService() {
        try (InputStream in = Description.class.getResourceAsStream("/openapi.yaml")) {
            return new Description((ObjectNode) new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same description with a change. */
    Description but(Consumer<ObjectNode> change) {
        ObjectNode copy = root.deepCopy();
        change.accept(copy);
        return new Description(copy);
    }

    List<String> paths() {
        return names(root.path("paths"));
    }

    /** In the order of the file, in which one example builds on another. */
    List<Operation> operations() {
        return paths().stream()
                .flatMap(path -> names(root.path("paths").path(path)).stream()
                        .filter(METHODS::contains)
                        .flatMap(method -> operation(path, method).stream()))
                .toList();
    }

    Optional<Operation> operation(String path, String method) {
        JsonNode item = root.path("paths").path(path);
        return item.has(method)
                ? Optional.of(new Operation(this, path, method, item, item.path(method)))
                : Optional.empty();
    }

    /** The node, or what it refers to. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").textValue().substring(1)) : node;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
