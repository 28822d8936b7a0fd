package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** What one object says of another one must be so. */
enum ReferenceRule implements Rule {
    SELECTORS_CHOOSE_PODS(ReferenceRule::selectors),
    SPREAD_COUNTS_ITS_OWN_PODS(ReferenceRule::spread),
    SERVICES_LEAD_TO_PORTS(ReferenceRule::services),
    SERVICE_ACCOUNTS_ARE_THERE(ReferenceRule::accounts),
    SCALED_OBJECTS_ARE_THERE(ReferenceRule::scaled),
    NAMES_OF_STATEFUL_PODS_ARE_SERVED(ReferenceRule::governed),
    NAMESPACES_ARE_RESTRICTED(ReferenceRule::namespaces);

    private final Check check;

    ReferenceRule(Check check) {
        this.check = check;
    }

    @Override
    public Stream<String> faults(Manifests manifests) {
        return check.faults(manifests);
    }

    /** Of Services, workloads, budgets and policies. */
    private static Stream<String> selectors(Manifests manifests) {
        return manifests.all().stream()
                .filter(manifest -> selector(manifest).isObject())
                .filter(manifest -> candidates(manifest, manifests).noneMatch(pods -> pods.match(selector(manifest))))
                .map(manifest -> manifest.fault("chooses no pods with " + selector(manifest)));
    }

    private static Stream<Pods> candidates(Manifest chooser, Manifests manifests) {
        boolean isWorkload = chooser.json().has("spec") && chooser.at("/spec").has("template");
        return isWorkload ? Stream.of(new Pods(chooser)) : manifests.pods();
    }

    private static JsonNode selector(Manifest manifest) {
        return switch (manifest.kind()) {
            case "Service" -> manifest.at("/spec/selector");
            case "NetworkPolicy" -> manifest.at("/spec/podSelector/matchLabels");
            default -> manifest.at("/spec/selector/matchLabels");
        };
    }

    private static Stream<String> spread(Manifests manifests) {
        return manifests
                .pods()
                .flatMap(pods -> pods.spec()
                        .path("topologySpreadConstraints")
                        .valueStream()
                        .filter(constraint -> !pods.match(constraint.at("/labelSelector/matchLabels")))
                        .map(constraint -> pods.fault("is spread by the labels of other pods: " + constraint)));
    }

    private static Stream<String> services(Manifests manifests) {
        return manifests
                .kind("Service")
                .flatMap(service -> service.at("/spec/ports")
                        .valueStream()
                        .map(port -> port.path("targetPort"))
                        .filter(target -> manifests
                                .pods()
                                .filter(pods -> pods.match(service.at("/spec/selector")))
                                .noneMatch(pods -> pods.hasPort(target)))
                        .map(target -> service.fault("leads to " + target + ", which no container listens on")));
    }

    private static Stream<String> accounts(Manifests manifests) {
        return manifests
                .pods()
                .filter(pods -> pods.spec().has("serviceAccountName"))
                .filter(pods -> manifests
                        .find(
                                "ServiceAccount",
                                pods.spec().path("serviceAccountName").asText())
                        .filter(account ->
                                !account.at("/automountServiceAccountToken").asBoolean(true))
                        .isEmpty())
                .map(pods -> pods.fault("has a service account that is not there, or mounts its token"));
    }

    private static Stream<String> scaled(Manifests manifests) {
        return manifests
                .kind("HorizontalPodAutoscaler")
                .filter(scaler -> {
                    JsonNode target = scaler.at("/spec/scaleTargetRef");
                    return manifests
                            .find(
                                    target.path("kind").asText(),
                                    target.path("name").asText())
                            .filter(found -> found.at("/apiVersion").equals(target.path("apiVersion")))
                            .isEmpty();
                })
                .map(scaler -> scaler.fault("scales what is not there"));
    }

    private static Stream<String> governed(Manifests manifests) {
        return manifests
                .kind("StatefulSet")
                .filter(set -> manifests
                        .find("Service", set.at("/spec/serviceName").asText())
                        .filter(service ->
                                service.at("/spec/clusterIP").asText().equals("None"))
                        .isEmpty())
                .map(set -> set.fault("has no headless Service"));
    }

    private static Stream<String> namespaces(Manifests manifests) {
        return manifests.all().stream()
                .filter(manifest -> !manifest.kind().equals("Namespace"))
                .filter(manifest -> manifests
                        .find("Namespace", manifest.at("/metadata/namespace").asText())
                        .filter(namespace -> namespace
                                .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                                .asText()
                                .equals("restricted"))
                        .isEmpty())
                .map(manifest -> manifest.fault("is in no namespace that enforces the restricted profile"));
    }
}
