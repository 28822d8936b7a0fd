package io.revoker.config.source;

import io.revoker.config.Fault;
import io.revoker.config.Texts;
import java.util.Map;
import java.util.TreeMap;
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
}
