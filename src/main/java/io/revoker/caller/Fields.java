package io.revoker.caller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The fields of one object of the file, each read with its faults noted at its place. Values are not told: one may be a secret. */
final class Fields {
    private final String place;
    private final JsonNode node;
    private final Faults faults;

    Fields(String place, JsonNode node, Faults faults) {
        this.place = place;
        this.node = node;
        this.faults = faults;
    }

    String place(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** Notes every key but these; if this is no object at all, notes that and answers false. */
    boolean isObjectOf(List<String> keys) {
        if (!node.isObject()) {
            faults.add(
                    place.isEmpty() ? "the file" : place, kind(node) + " (expected: " + String.join(", ", keys) + ")");
            return false;
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                faults.add(place(Faults.shown(key)), "unknown (expected: " + String.join(", ", keys) + ")");
            }
        });
        return true;
    }

    Optional<String> text(String key) {
        return text(place(key), node.path(key));
    }

    /** The texts of a list that is not empty. */
    Optional<List<String>> texts(String key) {
        List<JsonNode> items = items(key);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            text(place(key) + "[" + i + "]", items.get(i)).ifPresent(texts::add);
        }
        return items.isEmpty() || texts.size() < items.size() ? Optional.empty() : Optional.of(texts);
    }

    /** The items of a list that is not empty; none, and a fault, if it is anything else. */
    List<JsonNode> items(String key) {
        JsonNode list = node.path(key);
        if (!list.isArray() || list.isEmpty()) {
            faults.add(place(key), (list.isArray() ? "empty" : kind(list)) + " (expected: a list of one or more)");
            return List.of();
        }
        return IntStream.range(0, list.size()).mapToObj(list::path).toList();
    }

    private Optional<String> text(String where, JsonNode value) {
        if (!value.isTextual()) {
            faults.add(where, kind(value) + " (expected: text)");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    private static String kind(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
