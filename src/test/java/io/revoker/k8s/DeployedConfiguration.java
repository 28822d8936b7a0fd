package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.revoker.config.Configuration;
import io.revoker.testing.Configurations;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration that our pods find: their arguments, their environment, and the files of their ConfigMaps and Secrets. */
final class DeployedConfiguration {
    private DeployedConfiguration() {}

    /** @throws io.revoker.config.values.SettingsProblem with every problem */
    static Configuration of(Manifests manifests) {
        Pods pods = manifests.revoker();
        Invocation invocation = Invocation.of(pods);
        Map<String, Path> files = files(manifests, pods);
        Map<String, String> environment = new HashMap<>(invocation.environment());
        environment.replaceAll((name, value) -> secret(pods, name, value).orElse(value));
        List<String> arguments = invocation.arguments().stream()
                .map(argument -> moved(argument, files))
                .toList();
        return Configurations.of(arguments, environment);
    }

    /** Where each mounted file is on this machine. */
    private static Map<String, Path> files(Manifests manifests, Pods pods) {
        Map<String, Path> files = new HashMap<>();
        pods.volumes().filter(volume -> volume.has("configMap")).forEach(volume -> {
            JsonNode data = manifests
                    .find("ConfigMap", volume.at("/configMap/name").asText())
                    .map(map -> map.at("/data"))
                    .orElseGet(MissingNode::getInstance);
            pods.mounts(volume.path("name").asText())
                    .forEach(mount -> data.propertyStream()
                            .forEach(file -> files.put(
                                    mount.path("mountPath").asText() + "/" + file.getKey(),
                                    TemporaryFiles.holding(file.getValue().asText()))));
        });
        return files;
    }

    /** Where a secret that a variable names is on this machine, if a documented Secret brings it. */
    private static Optional<String> secret(Pods pods, String name, String file) {
        return name.startsWith("REVOKER_REDIS_") && name.endsWith("_FILE") && isMounted(pods, file)
                ? Optional.of(TemporaryFiles.holding(Invocation.SECRET + "\n").toString())
                : Optional.empty();
    }

    private static boolean isMounted(Pods pods, String file) {
        return pods.volumes()
                .filter(volume -> volume.has("secret"))
                .flatMap(volume -> pods.mounts(volume.path("name").asText()))
                .anyMatch(mount ->
                        Path.of(file).startsWith(mount.path("mountPath").asText()));
    }

    private static String moved(String argument, Map<String, Path> files) {
        String[] parts = argument.split("=", 2);
        return parts.length == 2 && files.containsKey(parts[1]) ? parts[0] + "=" + files.get(parts[1]) : argument;
    }
}
