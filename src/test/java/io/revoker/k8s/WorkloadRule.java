package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How pods are run: probed, bounded, scaled, replaced. */
enum WorkloadRule implements Rule {
    PROBES_ASK_PORTS(WorkloadRule::probedPorts),
    EVERY_PROBE_IS_THERE(WorkloadRule::missingProbes),
    MEMORY_IS_WHAT_WAS_ASKED_FOR(WorkloadRule::memory),
    CPU_IS_NOT_LIMITED(WorkloadRule::processor),
    REPLICAS_ARE_THE_SCALERS(WorkloadRule::replicas),
    USE_CAN_BE_MEASURED(WorkloadRule::measured),
    BUDGET_LEAVES_ROOM(WorkloadRule::budget),
    ROLLS_WITHOUT_A_GAP(WorkloadRule::rolling),
    IMAGES_HAVE_VERSIONS(WorkloadRule::images),
    RUNS_THIS_VERSION(WorkloadRule::version);

    private static final Pattern VERSION = Pattern.compile("<artifactId>revoker</artifactId>\\s*<version>([^<]+)<");
    private static final Set<String> PROBES = Set.of("startupProbe", "livenessProbe", "readinessProbe");

    private final Check check;

    WorkloadRule(Check check) {
        this.check = check;
    }

    @Override
    public Stream<String> faults(Manifests manifests) {
        return check.faults(manifests);
    }

    private static Stream<String> probedPorts(Manifests manifests) {
        return manifests
                .pods()
                .flatMap(pods -> pods.containers()
                        .flatMap(container -> PROBES.stream().map(container::path))
                        .flatMap(probe -> Stream.of("httpGet", "tcpSocket").map(probe::path))
                        .filter(JsonNode::isObject)
                        .map(action -> action.path("port"))
                        .filter(port -> !pods.hasPort(port))
                        .map(port -> pods.fault("is probed at port " + port + ", which it does not have")));
    }

    private static Stream<String> missingProbes(Manifests manifests) {
        return manifests
                .pods()
                .flatMap(pods -> pods.containers()
                        .flatMap(container -> PROBES.stream().filter(probe -> !container.has(probe)))
                        .map(probe -> pods.fault("has no " + probe)));
    }

    private static Stream<String> memory(Manifests manifests) {
        return manifests
                .pods()
                .flatMap(pods -> pods.containers()
                        .map(container -> container.path("resources"))
                        .filter(resources -> resources.at("/limits/memory").isMissingNode()
                                || !resources.at("/limits/memory").equals(resources.at("/requests/memory")))
                        .map(resources -> pods.fault("may use other memory than it asked for: " + resources)));
    }

    private static Stream<String> processor(Manifests manifests) {
        return manifests
                .pods()
                .flatMap(pods -> pods.containers()
                        .filter(container -> container.at("/resources/limits").has("cpu"))
                        .map(container -> pods.fault("has a limit of CPU, which stops it in the middle of its work")));
    }

    private static Stream<String> replicas(Manifests manifests) {
        return scaled(manifests)
                .filter(pods -> pods.owner().at("/spec").has("replicas"))
                .map(pods -> pods.fault("has a number of replicas, which undoes that of the autoscaler"));
    }

    private static Stream<String> measured(Manifests manifests) {
        return scaled(manifests)
                .filter(pods -> pods.container().at("/resources/requests/cpu").isMissingNode())
                .map(pods -> pods.fault("asks for no CPU, of which its use would be a share"));
    }

    private static Stream<Pods> scaled(Manifests manifests) {
        return manifests
                .kind("HorizontalPodAutoscaler")
                .flatMap(scaler ->
                        manifests
                                .find(
                                        "Deployment",
                                        scaler.at("/spec/scaleTargetRef/name").asText())
                                .stream())
                .map(Pods::new);
    }

    /** One pod may always go, and never the last one. */
    private static Stream<String> budget(Manifests manifests) {
        boolean hasRoom = manifests
                .kind("PodDisruptionBudget")
                .anyMatch(budget -> manifests.revoker().match(budget.at("/spec/selector/matchLabels"))
                        && budget.at("/spec/maxUnavailable").asInt() == 1);
        boolean hasTwo = manifests
                .kind("HorizontalPodAutoscaler")
                .anyMatch(scaler -> scaler.at("/spec/minReplicas").asInt() >= 2);
        return hasRoom && hasTwo
                ? Stream.of()
                : Stream.of(manifests.revoker().fault("has no budget, or no second pod"));
    }

    private static Stream<String> rolling(Manifests manifests) {
        JsonNode rolling = manifests.revoker().owner().at("/spec/strategy/rollingUpdate");
        return rolling.path("maxUnavailable").asText().equals("0")
                        && rolling.path("maxSurge").asInt() > 0
                ? Stream.of()
                : Stream.of(manifests.revoker().fault("takes a pod away before there is a new one"));
    }

    private static Stream<String> images(Manifests manifests) {
        return manifests
                .pods()
                .flatMap(pods -> pods.containers()
                        .map(container -> container.path("image").asText())
                        .filter(image -> !image.matches("[a-z0-9./-]+:\\d+\\.\\d+[a-z0-9.-]*"))
                        .map(image -> pods.fault("runs " + image + ", which is no fixed version")));
    }

    private static Stream<String> version(Manifests manifests) {
        Matcher pom = VERSION.matcher(TemporaryFiles.text(Path.of("pom.xml")));
        String image = manifests.revoker().container().path("image").asText();
        return pom.find() && image.endsWith("revoker:" + pom.group(1))
                ? Stream.of()
                : Stream.of(manifests.revoker().fault("runs " + image + ", which is not this version"));
    }
}
