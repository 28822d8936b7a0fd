package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container is started with: {@code $(NAME)} is replaced as Kubernetes does it, by a variable that stands before, and by nothing else.
 *
 * @param environment every Secret's value is {@link #SECRET}
 */
record Invocation(List<String> arguments, Map<String, String> environment) {
    static final String SECRET = "6f2c0d";

    /** The address of a pod. */
    private static final String POD = "10.244.0.7";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

    static Invocation of(Pods pods) {
        JsonNode container = pods.container();
        Map<String, String> environment = new LinkedHashMap<>();
        container
                .path("env")
                .valueStream()
                .forEach(variable -> environment.put(variable.path("name").asText(), value(variable, environment)));
        List<String> arguments = container
                .path("args")
                .valueStream()
                .map(argument -> resolve(argument.asText(), environment))
                .toList();
        return new Invocation(arguments, environment);
    }

    private static String value(JsonNode variable, Map<String, String> before) {
        if (variable.at("/valueFrom/fieldRef/fieldPath").asText().equals("status.podIP")) {
            return POD;
        }
        return variable.at("/valueFrom/secretKeyRef").isObject()
                ? SECRET
                : resolve(variable.path("value").asText(), before);
    }

    private static String resolve(String text, Map<String, String> known) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference ->
                        Matcher.quoteReplacement(known.getOrDefault(reference.group(1), reference.group())));
    }
}
