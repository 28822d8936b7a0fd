package io.revoker.config.source;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.revoker.config.Fault;
import io.revoker.config.Texts;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one YAML document into a layer. Scalars are taken as they are written, so that a version of 7.10 stays one.
 */
final class YamlReader implements AutoCloseable {
    private static final YAMLFactory YAML = new YAMLFactory();
    /** No setting is in so many sections, and no file may use the stack up. */
    private static final int DEEPEST = 8;

    private final YAMLParser parser;
    private final String origin;
    private final Layer layer;

    private YamlReader(InputStream input, String origin, Schema schema) throws IOException {
        this.parser = YAML.createParser(input);
        this.origin = origin;
        this.layer = new Layer(schema);
    }

    /**
     * @param origin what a fault says the settings are from
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it isn't YAML
     */
    static Layer read(InputStream input, String origin, Schema schema) throws IOException {
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
            layer.reject(new Fault(origin, "not one mapping", "sections with settings, in one document"));
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
        layer.reject(new Fault(Texts.quote(path), value, "a single value").from(origin));
    }
}
