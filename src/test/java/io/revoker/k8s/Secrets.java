package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The Secrets that pods need: as variables, and as the files that their settings name. */
final class Secrets {
    private Secrets() {}

    /** An entry of a Secret. */
    record Key(String name, String key) {
        @Override
        public String toString() {
            return "Secret " + name + " with key " + key;
        }
    }

    static Stream<Key> of(Pods pods) {
        return Stream.concat(inVariables(pods), inFiles(pods));
    }

    private static Stream<Key> inVariables(Pods pods) {
        return pods.variables()
                .map(variable -> variable.at("/valueFrom/secretKeyRef"))
                .filter(JsonNode::isObject)
                .map(secret ->
                        new Key(secret.path("name").asText(), secret.path("key").asText()));
    }

    private static Stream<Key> inFiles(Pods pods) {
        return pods.volumes().filter(volume -> volume.has("secret")).flatMap(volume -> files(pods, volume));
    }

    /** Every variable whose value is a path below a mount of the Secret. */
    private static Stream<Key> files(Pods pods, JsonNode volume) {
        String secret = volume.at("/secret/secretName").asText();
        return pods.mounts(volume.path("name").asText())
                .map(mount -> Path.of(mount.path("mountPath").asText()))
                .flatMap(mount -> pods.variables()
                        .map(variable -> Path.of(variable.path("value").asText()))
                        .filter(file -> file.startsWith(mount))
                        .map(file -> new Key(secret, mount.relativize(file).toString())));
    }
}
