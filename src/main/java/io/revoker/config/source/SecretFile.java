package io.revoker.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.config.Fault;
import io.revoker.config.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A file that holds one secret and nothing else, as container platforms mount them. */
final class SecretFile {
    private static final int MAX_BYTES = 8192;
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");
    private static final String EXPECTED = "a readable file with the value, 1 to " + MAX_BYTES + " bytes of UTF-8";

    private SecretFile() {}

    /**
     * What the file holds, without the end of its last line.
     *
     * @param variable that names the file
     * @param layer hears of the fault if there is nothing
     */
    static Optional<String> read(String file, String variable, Layer layer) {
        Consumer<String> fault = what -> layer.reject(new Fault(variable, Texts.quote(file) + ": " + what, EXPECTED));
        try {
            layer.readFrom(Path.of(file));
            return value(bytes(Path.of(file)), fault);
        } catch (NoSuchFileException | InvalidPathException e) {
            layer.reject(new Fault(variable, "no such file", EXPECTED)); // what is no path may be the secret itself
        } catch (CharacterCodingException e) {
            fault.accept("not UTF-8");
        } catch (IOException e) {
            fault.accept("unreadable");
        }
        return Optional.empty();
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    private static Optional<String> value(byte[] bytes, Consumer<String> fault) throws CharacterCodingException {
        if (bytes.length > MAX_BYTES) {
            fault.accept("too long");
            return Optional.empty();
        }
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        String value = LINE_END.matcher(text).replaceFirst("");
        if (value.isEmpty()) {
            fault.accept("empty");
            return Optional.empty();
        }
        return Optional.of(value);
    }
}
