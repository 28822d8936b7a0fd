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
import java.util.Optional;
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
}
