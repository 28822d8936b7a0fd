package io.revoker.config.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.revoker.config.source.SettingsLayer.Given;
import io.revoker.config.values.ConfigText;
import io.revoker.config.values.SettingsProblem;
import io.revoker.config.values.SettingsProblem.Detail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The two YAML files: the built-in one with the defaults, and the operator's. */
final class YamlSource {
    private static final String DEFAULTS = "/revoker.yaml";
    private static final int MAX_BYTES = 1 << 20;

    private YamlSource() {}

    static SettingsLayer defaults(Schema schema) {
        try (InputStream input = YamlSource.class.getResourceAsStream(DEFAULTS)) {
            if (input == null) {
                throw new IllegalStateException(DEFAULTS + ": absent (expected: on the class path)");
            }
            return YamlReader.read(input, Given.DEFAULT, schema);
        } catch (IOException e) {
            throw new IllegalStateException(DEFAULTS + ": unreadable (expected: YAML)", e);
        }
    }

    /** @throws SettingsProblem with a single problem if the file can't be read or isn't YAML */
    static SettingsLayer file(String name, Schema schema) {
        try {
            byte[] content = content(Path.of(name));
            SettingsLayer layer = YamlReader.read(new ByteArrayInputStream(content), name, schema);
            layer.readFrom(Path.of(name));
            return layer;
        } catch (JsonProcessingException e) {
            throw new SettingsProblem(new Detail(name, "malformed" + place(e), "YAML"));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new SettingsProblem(new Detail(ConfigText.quote(name), "no such file", "a readable file"));
        } catch (IOException e) {
            throw new SettingsProblem(new Detail(name, "unreadable", "a readable file"));
        }
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new SettingsProblem(
                        new Detail(file.toString(), "too long", "at most " + MAX_BYTES + " bytes of YAML"));
            }
            return bytes;
        }
    }

    /** The position, but not the text: the parser's own message quotes the line, which may contain a password. */
    private static String place(JsonProcessingException e) {
        return Optional.ofNullable(e.getLocation())
                .map((JsonLocation at) -> " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                .orElse("");
    }

    /**
     * Reads one YAML document into a layer. Scalars are read as text, so that a version of 7.10 is not turned into
     * 7.1.
     */
    static final class YamlReader implements AutoCloseable {
        private static final YAMLFactory YAML = new YAMLFactory();
        /** Deeper than any setting; bounds the recursion, so that no file can exhaust the stack. */
        private static final int DEEPEST = 8;

        private final YAMLParser parser;
        private final String origin;
        private final SettingsLayer layer;

        private YamlReader(InputStream input, String origin, Schema schema) throws IOException {
            this.parser = YAML.createParser(input);
            this.origin = origin;
            this.layer = new SettingsLayer(schema);
        }

        /**
         * @param origin the source of the settings, as problems name it
         * @throws com.fasterxml.jackson.core.JsonProcessingException if it isn't YAML
         */
        static SettingsLayer read(InputStream input, String origin, Schema schema) throws IOException {
            try (YamlReader reader = new YamlReader(input, origin, schema)) {
                reader.document();
                return reader.layer;
            }
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }

        private void document() throws IOException {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                section("", 1);
                token = parser.nextToken();
            }
            if (token != null && token != JsonToken.VALUE_NULL) {
                layer.reject(new Detail(origin, "not one mapping", "sections with settings, in one document"));
            }
        }

        private void section(String prefix, int depth) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String path = prefix + parser.currentName();
                setting(path, parser.nextToken(), depth);
            }
        }

        private void setting(String path, JsonToken token, int depth) throws IOException {
            if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
                section(path + ".", depth + 1);
            } else if (token == JsonToken.START_OBJECT) {
                parser.skipChildren();
                reject(path, "a section");
            } else if (token == JsonToken.START_ARRAY) {
                parser.skipChildren();
                reject(path, "a list");
            } else if (parser.isCurrentAlias()) {
                reject(path, "an alias");
            } else {
                layer.put(path, Given.stripped(token == JsonToken.VALUE_NULL ? "" : parser.getText(), origin));
            }
        }

        private void reject(String path, String value) {
            layer.reject(new Detail(ConfigText.quote(path), value, "a single value").from(origin));
        }
    }
}
