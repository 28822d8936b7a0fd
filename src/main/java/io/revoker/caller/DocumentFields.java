package io.revoker.caller;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.StrictDocument.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The fields of one object of the file. Problems are reported with their position, without values: a value may be
 * a secret.
 */
public final class DocumentFields {
    private final String place;
    private final JsonNode node;
    private final Problems problems;

    public DocumentFields(String place, JsonNode node, Problems problems) {
        this.place = place;
        this.node = node;
        this.problems = problems;
    }

    public String place(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }

    public boolean has(String key) {
        return node.has(key);
    }

    /** Reports every key except these. If this is not an object at all, reports that and returns false. */
    public boolean isObjectOf(List<String> keys) {
        if (!node.isObject()) {
            problems.add(
                    place.isEmpty() ? "the file" : place, kind(node) + " (expected: " + String.join(", ", keys) + ")");
            return false;
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                problems.add(place(Problems.shown(key)), "unknown (expected: " + String.join(", ", keys) + ")");
            }
        });
        return true;
    }

    /** The keys of an object that is not empty; for anything else reports a problem and returns no keys. */
    public List<String> keys() {
        if (!node.isObject() || node.isEmpty()) {
            problems.add(place, (node.isObject() ? "empty" : kind(node)) + " (expected: one or more, by name)");
            return List.of();
        }
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** The fields below a key, whatever is there. */
    public DocumentFields child(String key) {
        return new DocumentFields(place(key.replaceAll("\\p{Cntrl}", "?")), node.path(key), problems);
    }

    /** How many items a list has; 0 if there is none. */
    int size(String key) {
        return node.path(key).isArray() ? node.path(key).size() : 0;
    }

    /** The fields of one item of a list, whatever is there. */
    DocumentFields item(String key, int index) {
        return new DocumentFields(place(key) + "[" + index + "]", node.path(key).path(index), problems);
    }

    /** An object as it is; absent if there is something else. */
    public Optional<JsonNode> object(String key) {
        return Optional.of(node.path(key)).filter(JsonNode::isObject);
    }

    public Optional<String> text(String key) {
        return text(place(key), node.path(key));
    }

    /** The same of a key that need not be there. */
    public Optional<String> textIfAny(String key) {
        return has(key) ? text(key) : Optional.empty();
    }

    /** True or false; false, and a problem, for anything else. */
    public boolean flag(String key) {
        if (!node.path(key).isBoolean()) {
            problems.add(place(key), kind(node.path(key)) + " (expected: true or false)");
        }
        return node.path(key).booleanValue();
    }

    /** The same of a key that need not be there; then false. */
    public boolean flagIfAny(String key) {
        return has(key) && flag(key);
    }

    /** The texts of a list that is not empty. */
    public Optional<List<String>> texts(String key) {
        List<JsonNode> items = items(key);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            text(place(key) + "[" + i + "]", items.get(i)).ifPresent(texts::add);
        }
        return items.isEmpty() || texts.size() < items.size() ? Optional.empty() : Optional.of(texts);
    }

    /** The items of a list that is not empty; for anything else reports a problem and returns no items. */
    List<JsonNode> items(String key) {
        JsonNode list = node.path(key);
        if (!list.isArray() || list.isEmpty()) {
            problems.add(place(key), (list.isArray() ? "empty" : kind(list)) + " (expected: a list of one or more)");
            return List.of();
        }
        return IntStream.range(0, list.size()).mapToObj(list::path).toList();
    }

    private Optional<String> text(String where, JsonNode value) {
        if (!value.isTextual()) {
            problems.add(where, kind(value) + " (expected: text)");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    private static String kind(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
