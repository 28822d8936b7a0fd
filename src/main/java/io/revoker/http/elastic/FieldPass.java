package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * One walk over an answer that copies what the paths leave. Arrays are transparent; an object or array that loses all it held goes too.
 */
enum FieldPass {
    INCLUDE,
    EXCLUDE;

    ObjectNode object(ObjectNode object, Set<FieldPath> paths) {
        ObjectNode kept = object.objectNode();
        object.properties()
                .forEach(field -> value(field.getValue(), FieldPath.enter(paths, field.getKey()))
                        .ifPresent(value -> kept.set(field.getKey(), value)));
        return kept;
    }

    private ArrayNode array(ArrayNode array, Set<FieldPath> paths) {
        ArrayNode kept = array.arrayNode();
        array.forEach(element -> value(element, paths).ifPresent(kept::add));
        return kept;
    }

    private Optional<JsonNode> value(JsonNode value, Set<FieldPath> paths) {
        if (paths.contains(FieldPath.END)) {
            return Optional.of(value).filter(named -> this == INCLUDE);
        }
        if (value instanceof ObjectNode object) {
            return nonEmpty(object(object, paths));
        }
        if (value instanceof ArrayNode array) {
            return nonEmpty(array(array, paths));
        }
        return Optional.of(value).filter(unnamed -> this == EXCLUDE);
    }

    private static Optional<JsonNode> nonEmpty(JsonNode container) {
        return Optional.of(container).filter(node -> !node.isEmpty());
    }
}
