package io.revoker.caller;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Turns a file into a tree: JSON if its name ends in {@code .json}, YAML otherwise. No message quotes the file. */
final class Document {
    private static final int MAX_BYTES = 1 << 20;
    private static final ObjectMapper YAML = strict(YAMLMapper.builder());

    /** Most JSON is YAML too, but not if tabs indent it. */
    private static final ObjectMapper JSON = strict(JsonMapper.builder());

    private Document() {}

    private static ObjectMapper strict(MapperBuilder<?, ?> builder) {
        return builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** The tree; a missing node, and a fault, if there is none. */
    static JsonNode read(Path file, Faults faults) {
        try {
            byte[] bytes = bytes(file);
            if (bytes.length <= MAX_BYTES) {
                return (file.toString().endsWith(".json") ? JSON : YAML).readTree(bytes);
            }
            faults.add("the file", "too long (expected: at most " + MAX_BYTES + " bytes)");
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the line, which may hold a hash.
            faults.add("the file", "malformed" + place(e) + " (expected: YAML or JSON, every key once)");
        } catch (IOException e) {
            faults.add("the file", e.getClass().getSimpleName() + " (expected: readable)");
        }
        return MissingNode.getInstance();
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    /** The YAML parser counts from 0, and Jackson's own location is where it last succeeded. */
    private static String place(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked) {
            return Optional.ofNullable(marked.getProblemMark())
                    .map(mark -> place(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse("");
        }
        JsonLocation location = e.getLocation();
        return location == null ? "" : place(location.getLineNr(), location.getColumnNr());
    }

    private static String place(int line, int column) {
        return " at line " + line + ", column " + column;
    }

    /** The fields of one object of the file, each read with its faults noted at its place. Values are not told: one may be a secret. */
    static final class Fields {
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
                        place.isEmpty() ? "the file" : place,
                        kind(node) + " (expected: " + String.join(", ", keys) + ")");
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

    /** What is wrong with a file, gathered while it is read so that all of it is told at once. */
    static final class Faults {
        private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,32}");

        private final List<String> found = new ArrayList<>();

        void add(String place, String fault) {
            found.add(place + ": " + fault);
        }

        Consumer<String> at(String place) {
            return fault -> add(place, fault);
        }

        /** A word of the file that may be told; a missing space can make a hash part of a key. */
        static String shown(String word) {
            return WORD.matcher(word).matches() ? word : "(hidden)";
        }

        void throwIfAny(Path file) {
            if (!found.isEmpty()) {
                throw new ClientFileException(file, found);
            }
        }
    }
}
