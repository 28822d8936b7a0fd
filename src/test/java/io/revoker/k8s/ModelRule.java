package io.revoker.k8s;

import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.stream.Stream;

/** Field by field against two models of the API, because neither sees all. */
enum ModelRule implements Rule {
    /** The official one: no field that is not there, none missing that must be. */
    KNOWN_FIELDS(manifests -> manifests.all().stream().flatMap(ModelRule::official)),
    /** The one with types: numbers are numbers, quantities are quantities. */
    TYPED_VALUES(manifests -> manifests.all().stream().flatMap(TypedModel::faults));

    /** The official model knows nothing of what others have added; there is only the one with types, and {@link MonitoringRule}. */
    private static final String ADDED = "monitoring.coreos.com/v1";

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private final Check check;

    ModelRule(Check check) {
        this.check = check;
    }

    @Override
    public Stream<String> faults(Manifests manifests) {
        return check.faults(manifests);
    }

    private static Stream<String> official(Manifest manifest) {
        if (manifest.at("/apiVersion").asText().equals(ADDED)) {
            return Stream.of();
        }
        try {
            Class.forName(MODELS + version(manifest) + manifest.kind())
                    .getMethod("validateJsonElement", com.google.gson.JsonElement.class)
                    .invoke(null, JsonParser.parseString(manifest.json().toString()));
            return Stream.of();
        } catch (InvocationTargetException e) {
            return Stream.of(manifest.fault(e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            return Stream.of(manifest.fault("no such kind of object: " + e.getMessage()));
        }
    }

    /** {@code apps/v1} is {@code V1}. */
    private static String version(Manifest manifest) {
        String version = manifest.at("/apiVersion").asText();
        return version.substring(version.indexOf('/') + 1).toUpperCase(Locale.ROOT);
    }
}
