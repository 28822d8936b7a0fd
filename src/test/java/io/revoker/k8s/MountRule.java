package io.revoker.k8s;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a pod is given from outside must be there, and be used. */
enum MountRule implements Rule {
    CONFIG_MAPS_ARE_THERE(MountRule::configMaps),
    SECRETS_ARE_DOCUMENTED(MountRule::secrets),
    VOLUMES_ARE_THERE(MountRule::missingVolumes),
    VOLUMES_ARE_USED(MountRule::idleVolumes);

    private final Check check;

    MountRule(Check check) {
        this.check = check;
    }

    @Override
    public Stream<String> faults(Manifests manifests) {
        return check.faults(manifests);
    }

    private static Stream<String> configMaps(Manifests manifests) {
        return manifests
                .pods()
                .flatMap(pods -> pods.volumes()
                        .filter(volume -> volume.has("configMap"))
                        .map(volume -> volume.at("/configMap/name").asText())
                        .filter(name -> manifests.find("ConfigMap", name).isEmpty())
                        .map(name -> pods.fault("mounts ConfigMap " + name + ", which is not there")));
    }

    private static Stream<String> secrets(Manifests manifests) {
        Map<String, Set<String>> documented = DocumentedSecrets.keys();
        return manifests
                .pods()
                .flatMap(pods -> Secrets.of(pods)
                        .filter(secret -> !documented
                                .getOrDefault(secret.name(), Set.of())
                                .contains(secret.key()))
                        .map(secret -> pods.fault("needs " + secret + ", which the manual does not make")));
    }

    private static Stream<String> missingVolumes(Manifests manifests) {
        return manifests.pods().flatMap(pods -> {
            Set<String> volumes = volumes(pods).collect(Collectors.toSet());
            return pods.mounts()
                    .map(mount -> mount.path("name").asText())
                    .filter(name -> !volumes.contains(name))
                    .map(name -> pods.fault("mounts volume " + name + ", which it does not have"));
        });
    }

    private static Stream<String> idleVolumes(Manifests manifests) {
        return manifests
                .pods()
                .flatMap(pods -> volumes(pods)
                        .filter(name -> pods.mounts(name).findAny().isEmpty())
                        .map(name -> pods.fault("has volume " + name + ", which nobody mounts")));
    }

    private static Stream<String> volumes(Pods pods) {
        return Stream.concat(
                pods.volumes().map(volume -> volume.path("name").asText()),
                pods.owner()
                        .at("/spec/volumeClaimTemplates")
                        .valueStream()
                        .map(claim -> claim.at("/metadata/name").asText()));
    }
}
