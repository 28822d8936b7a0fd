package io.revoker.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.config.InvalidConfiguration.Fault;
import io.revoker.config.Texts;
import io.revoker.config.source.Layer.Given;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The environment: {@code redis.call-timeout} is {@code REVOKER_REDIS_CALL_TIMEOUT}. A secret may be in a file that a variable names: that of {@code
 * redis.password} is in {@code REVOKER_REDIS_PASSWORD_FILE}.
 */
final class Variables {
    static final String FILE = "REVOKER_CONFIG";

    private static final String PREFIX = "REVOKER_";
    /**
     * What Kubernetes tells every container of a service named revoker (kubernetes.io, "Accessing the Service").
     */
    private static final Pattern SERVICE_LINK = Pattern.compile("REVOKER_(SERVICE_.*|PORT|PORT_.*)");

    private final Map<String, String> environment;
    private final Layer layer;
    private final Map<String, String> settings;
    private final Map<String, String> secretFiles;

    private Variables(Map<String, String> environment, Schema schema) {
        this.environment = new TreeMap<>(environment);
        this.layer = new Layer(schema);
        this.settings = schema.settings().stream().collect(Collectors.toMap(Variables::name, Function.identity()));
        this.secretFiles =
                schema.secrets().stream().collect(Collectors.toMap(Variables::nameOfFile, Function.identity()));
    }

    static Layer read(Map<String, String> environment, Schema schema) {
        Variables variables = new Variables(environment, schema);
        variables.environment.forEach(variables::take);
        return variables.layer;
    }

    private void take(String name, String text) {
        if (settings.containsKey(name)) {
            layer.put(settings.get(name), Given.stripped(text, name));
        } else if (secretFiles.containsKey(name)) {
            takeFile(name, secretFiles.get(name), text.strip());
        } else if (isOurs(name)) {
            layer.reject(new Fault(name, "unknown", "REVOKER_ and a setting, as in REVOKER_HTTP_PORT"));
        }
    }

    private void takeFile(String name, String path, String file) {
        if (environment.containsKey(name(path))) {
            layer.reject(new Fault(name, "set beside " + name(path), "one of them"));
        } else if (!file.isEmpty()) {
            SecretFile.read(file, name, layer).ifPresent(text -> layer.put(path, new Given(text, name)));
        }
    }

    static String name(String path) {
        return PREFIX + Texts.upper(path).replace('.', '_').replace('-', '_');
    }

    static String nameOfFile(String path) {
        return name(path) + "_FILE";
    }

    private static boolean isOurs(String name) {
        return name.startsWith(PREFIX)
                && !name.equals(FILE)
                && !SERVICE_LINK.matcher(name).matches();
    }

    /** A file that holds one secret and nothing else, as container platforms mount them. */
    static final class SecretFile {
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
            Consumer<String> fault =
                    what -> layer.reject(new Fault(variable, Texts.quote(file) + ": " + what, EXPECTED));
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
}
