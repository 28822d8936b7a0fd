package io.revoker.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The environment: {@code redis.call-timeout} is {@code REVOKER_REDIS_CALL_TIMEOUT}. */
final class Variables {
    static final String FILE = "REVOKER_CONFIG";

    private static final String PREFIX = "REVOKER_";
    /**
     * What Kubernetes tells every container of a service named revoker (kubernetes.io, "Accessing the Service").
     */
    private static final Pattern SERVICE_LINK = Pattern.compile("REVOKER_(SERVICE_.*|PORT|PORT_.*)");

    private Variables() {}

    static Layer read(Map<String, String> environment, Schema schema) {
        Map<String, String> paths =
                schema.settings().stream().collect(Collectors.toMap(Variables::name, Function.identity()));
        Layer layer = new Layer(schema);
        new TreeMap<>(environment).forEach((name, text) -> {
            String path = paths.get(name);
            if (path != null) {
                layer.put(path, new Given(text, name));
            } else if (isOurs(name)) {
                layer.reject(new Fault(name, "unknown", "REVOKER_ and a setting, as in REVOKER_HTTP_PORT"));
            }
        });
        return layer;
    }

    static String name(String path) {
        return PREFIX + Texts.upper(path).replace('.', '_').replace('-', '_');
    }

    private static boolean isOurs(String name) {
        return name.startsWith(PREFIX)
                && !name.equals(FILE)
                && !SERVICE_LINK.matcher(name).matches();
    }
}
