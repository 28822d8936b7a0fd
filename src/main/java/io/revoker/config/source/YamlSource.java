package io.revoker.config.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.revoker.config.Fault;
import io.revoker.config.InvalidConfiguration;
import io.revoker.config.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The two YAML files: the one with the defaults, and the operator's. */
final class YamlSource {
    private static final String DEFAULTS = "/revoker.yaml";
    private static final int MAX_BYTES = 1 << 20;

    private YamlSource() {}

    static Layer defaults(Schema schema) {
        try (InputStream input = YamlSource.class.getResourceAsStream(DEFAULTS)) {
            if (input == null) {
                throw new IllegalStateException(DEFAULTS + ": absent (expected: on the class path)");
            }
            return YamlReader.read(input, Given.DEFAULT, schema);
        } catch (IOException e) {
            throw new IllegalStateException(DEFAULTS + ": unreadable (expected: YAML)", e);
        }
    }

    /** @throws InvalidConfiguration with a single fault if the file can't be read or isn't YAML */
    static Layer file(String name, Schema schema) {
        try {
            byte[] content = content(Path.of(name));
            Layer layer = YamlReader.read(new ByteArrayInputStream(content), name, schema);
            layer.readFrom(Path.of(name));
            return layer;
        } catch (JsonProcessingException e) {
            throw new InvalidConfiguration(new Fault(name, "malformed" + place(e), "YAML"));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new InvalidConfiguration(new Fault(Texts.quote(name), "no such file", "a readable file"));
        } catch (IOException e) {
            throw new InvalidConfiguration(new Fault(name, "unreadable", "a readable file"));
        }
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidConfiguration(
                        new Fault(file.toString(), "too long", "at most " + MAX_BYTES + " bytes of YAML"));
            }
            return bytes;
        }
    }

    /** Where, but not what: the parser's own message quotes the line, which may hold a password. */
    private static String place(JsonProcessingException e) {
        return Optional.ofNullable(e.getLocation())
                .map((JsonLocation at) -> " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                .orElse("");
    }
}
