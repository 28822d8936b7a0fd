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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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
