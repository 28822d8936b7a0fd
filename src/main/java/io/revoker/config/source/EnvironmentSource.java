package io.revoker.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.config.source.SettingsLayer.Given;
import io.revoker.config.values.ConfigText;
import io.revoker.config.values.SettingsProblem.Detail;
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
 * The environment: {@code redis.call-timeout} is {@code REVOKER_REDIS_CALL_TIMEOUT}. A secret may be in a file that a
 * variable names: that of {@code redis.password} is in {@code REVOKER_REDIS_PASSWORD_FILE}.
 */
final class EnvironmentSource {
    static final String FILE = "REVOKER_CONFIG";

    private static final String PREFIX = "REVOKER_";
    /**
     * Variables that Kubernetes sets in every container for a service named revoker (kubernetes.io, "Accessing the
     * Service").
     */
    private static final Pattern SERVICE_LINK = Pattern.compile("REVOKER_(SERVICE_.*|PORT|PORT_.*)");

    /** Variables of the commands that call a service. */
    private static final Pattern OF_COMMANDS =
            Pattern.compile("REVOKER_(CONTEXTS?|SERVER|CLIENT|SECRET|SECRET_FILE|CA)");

    private final Map<String, String> environment;
    private final SettingsLayer layer;
    private final Map<String, String> settings;
    private final Map<String, String> secretFiles;

    private EnvironmentSource(Map<String, String> environment, Schema schema) {
        this.environment = new TreeMap<>(environment);
        this.layer = new SettingsLayer(schema);
        this.settings =
                schema.settings().stream().collect(Collectors.toMap(EnvironmentSource::name, Function.identity()));
        this.secretFiles =
                schema.secrets().stream().collect(Collectors.toMap(EnvironmentSource::nameOfFile, Function.identity()));
    }

    static SettingsLayer read(Map<String, String> environment, Schema schema) {
        EnvironmentSource variables = new EnvironmentSource(environment, schema);
        variables.environment.forEach(variables::take);
        return variables.layer;
    }

    private void take(String name, String text) {
        if (settings.containsKey(name)) {
            layer.put(settings.get(name), Given.stripped(text, name));
        } else if (secretFiles.containsKey(name)) {
            takeFile(name, secretFiles.get(name), text.strip());
        } else if (isOurs(name)) {
            layer.reject(new Detail(name, "unknown", "REVOKER_ and a setting, as in REVOKER_HTTP_PORT"));
        }
    }

    private void takeFile(String name, String path, String file) {
        if (environment.containsKey(name(path))) {
            layer.reject(new Detail(name, "set beside " + name(path), "one of them"));
        } else if (!file.isEmpty()) {
            SecretFile.read(file, name, layer).ifPresent(text -> layer.put(path, new Given(text, name)));
        }
    }

    static String name(String path) {
        return PREFIX + ConfigText.upper(path).replace('.', '_').replace('-', '_');
    }

    static String nameOfFile(String path) {
        return name(path) + "_FILE";
    }

    private static boolean isOurs(String name) {
        return name.startsWith(PREFIX)
                && !name.equals(FILE)
                && !SERVICE_LINK.matcher(name).matches()
                && !OF_COMMANDS.matcher(name).matches();
    }

    /** A file that contains one secret and nothing else, as container platforms mount them. */
    static final class SecretFile {
        private static final int MAX_BYTES = 8192;
        private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");
        private static final String EXPECTED = "a readable file with the value, 1 to " + MAX_BYTES + " bytes of UTF-8";

        private SecretFile() {}

        /**
         * The content of the file, without the last line break.
         *
         * @param variable that names the file
         * @param layer receives the problem if there is no value
         */
        static Optional<String> read(String file, String variable, SettingsLayer layer) {
            Consumer<String> problem =
                    what -> layer.reject(new Detail(variable, ConfigText.quote(file) + ": " + what, EXPECTED));
            try {
                layer.readFrom(Path.of(file));
                return value(bytes(Path.of(file)), problem);
            } catch (NoSuchFileException | InvalidPathException e) {
                layer.reject(
                        // a text that is not a path may be the secret itself
                        new Detail(variable, "no such file", EXPECTED));
            } catch (CharacterCodingException e) {
                problem.accept("not UTF-8");
            } catch (IOException e) {
                problem.accept("unreadable");
            }
            return Optional.empty();
        }

        private static byte[] bytes(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(MAX_BYTES + 1);
            }
        }

        private static Optional<String> value(byte[] bytes, Consumer<String> problem) throws CharacterCodingException {
            if (bytes.length > MAX_BYTES) {
                problem.accept("too long");
                return Optional.empty();
            }
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            String value = LINE_END.matcher(text).replaceFirst("");
            if (value.isEmpty()) {
                problem.accept("empty");
                return Optional.empty();
            }
            return Optional.of(value);
        }
    }
}
