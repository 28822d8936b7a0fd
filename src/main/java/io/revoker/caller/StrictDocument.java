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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Parses a file into a tree: JSON if its name ends in {@code .json}, YAML otherwise. No message quotes the file. */
public final class StrictDocument {
    private static final int MAX_BYTES = 1 << 20;
    private static final ObjectMapper YAML = strict(YAMLMapper.builder());

    /** Most JSON is YAML too, but not if it is indented with tabs. */
    private static final ObjectMapper JSON = strict(JsonMapper.builder());

    private StrictDocument() {}

    private static ObjectMapper strict(MapperBuilder<?, ?> builder) {
        return builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** The tree; a missing node, and a problem, if the file can't be parsed. */
    public static JsonNode read(Path file, Problems problems) {
        try {
            byte[] bytes = bytes(file);
            if (bytes.length <= MAX_BYTES) {
                return (file.toString().endsWith(".json") ? JSON : YAML).readTree(bytes);
            }
            problems.add("the file", "too long (expected: at most " + MAX_BYTES + " bytes)");
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the line, which may contain a hash.
            problems.add("the file", "malformed" + place(e) + " (expected: YAML or JSON, every key once)");
        } catch (IOException e) {
            problems.add("the file", e.getClass().getSimpleName() + " (expected: readable)");
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

    /**
     * The fields of one object of the file. Problems are reported with their position, without values: a value may be
     * a secret.
     */
    public static final class Fields {
        private final String place;
        private final JsonNode node;
        private final Problems problems;

        public Fields(String place, JsonNode node, Problems problems) {
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
                        place.isEmpty() ? "the file" : place,
                        kind(node) + " (expected: " + String.join(", ", keys) + ")");
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
        public Fields child(String key) {
            return new Fields(place(key.replaceAll("\\p{Cntrl}", "?")), node.path(key), problems);
        }

        /** How many items a list has; 0 if there is none. */
        int size(String key) {
            return node.path(key).isArray() ? node.path(key).size() : 0;
        }

        /** The fields of one item of a list, whatever is there. */
        Fields item(String key, int index) {
            return new Fields(place(key) + "[" + index + "]", node.path(key).path(index), problems);
        }

        /** An object as it is; absent if there is something else. */
        public Optional<JsonNode> object(String key) {
            return Optional.of(node.path(key)).filter(JsonNode::isObject);
        }

        public Optional<String> text(String key) {
            return text(place(key), node.path(key));
        }

        /** True or false; false, and a problem, for anything else. */
        public boolean flag(String key) {
            if (!node.path(key).isBoolean()) {
                problems.add(place(key), kind(node.path(key)) + " (expected: true or false)");
            }
            return node.path(key).booleanValue();
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
                problems.add(
                        place(key), (list.isArray() ? "empty" : kind(list)) + " (expected: a list of one or more)");
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

    /** The problems of a file, collected while it is read so that all of them are reported at once. */
    public static final class Problems {
        private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,32}");

        private final List<String> found = new ArrayList<>();

        public void add(String place, String problem) {
            found.add(place + ": " + problem);
        }

        public Consumer<String> at(String place) {
            return problem -> add(place, problem);
        }

        /** A word of the file, if it may be shown. If a space is missing, a hash can become part of a key. */
        public static String shown(String word) {
            return WORD.matcher(word).matches() ? word : "(hidden)";
        }

        /** One line per problem, in the order of the file. */
        public List<String> found() {
            return List.copyOf(found);
        }

        /**
         * Fails with a {@link DocumentException} if there are any.
         *
         * @param setting that names the file
         */
        public void throwIfAny(String setting, Path file) {
            if (!found.isEmpty()) {
                throw new DocumentException(setting, file, found);
            }
        }
    }
}
