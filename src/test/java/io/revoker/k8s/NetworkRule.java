package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Which pods may connect to which. */
enum NetworkRule implements Rule {
    EVERY_POD_HAS_A_POLICY(NetworkRule::unguarded),
    EVERY_RULE_NAMES_SOMEBODY(NetworkRule::openToAll),
    OPENED_PORTS_ARE_LISTENED_ON(NetworkRule::openedPorts),
    SERVED_PORTS_ARE_OPENED(NetworkRule::servedPorts),
    MANAGEMENT_IS_NOT_SERVED(NetworkRule::management),
    NAMES_CAN_BE_LOOKED_UP(NetworkRule::names),
    REDIS_CAN_BE_REACHED(RedisReach::faults);

    private final Check check;

    NetworkRule(Check check) {
        this.check = check;
    }

    @Override
    public Stream<String> faults(Manifests manifests) {
        return check.faults(manifests);
    }

    /** The policies that are on these pods. */
    static Stream<Manifest> policies(Manifests manifests, Pods pods) {
        return manifests.kind("NetworkPolicy").filter(policy -> pods.match(policy.at("/spec/podSelector/matchLabels")));
    }

    private static Stream<String> unguarded(Manifests manifests) {
        return manifests
                .pods()
                .filter(pods -> Stream.of("Ingress", "Egress")
                        .anyMatch(type -> policies(manifests, pods)
                                .flatMap(
                                        policy -> policy.at("/spec/policyTypes").valueStream())
                                .noneMatch(listed -> listed.asText().equals(type))))
                .map(pods -> pods.fault("has no policy for both directions"));
    }

    private static Stream<String> openToAll(Manifests manifests) {
        return manifests
                .kind("NetworkPolicy")
                .filter(policy -> Stream.concat(
                                policy.at("/spec/ingress").valueStream().map(rule -> rule.path("from")),
                                policy.at("/spec/egress").valueStream().map(rule -> rule.path("to")))
                        .anyMatch(
                                peers -> peers.isEmpty() || peers.valueStream().anyMatch(NetworkRule::isAnybody)))
                .map(policy -> policy.fault("has a rule for all the world"));
    }

    private static boolean isAnybody(JsonNode peer) {
        return peer.at("/podSelector/matchLabels").isEmpty()
                && peer.at("/namespaceSelector/matchLabels").isEmpty()
                && peer.at("/ipBlock/cidr").asText("0.0.0.0/0").endsWith("/0");
    }

    private static Stream<String> openedPorts(Manifests manifests) {
        return manifests
                .kind("NetworkPolicy")
                .flatMap(policy -> policy.at("/spec/ingress")
                        .valueStream()
                        .flatMap(rule -> rule.path("ports").valueStream())
                        .map(port -> port.path("port"))
                        .filter(port -> manifests
                                .pods()
                                .filter(pods -> pods.match(policy.at("/spec/podSelector/matchLabels")))
                                .noneMatch(pods -> pods.hasPort(port)))
                        .map(port -> policy.fault("opens " + port + ", which nobody listens on")));
    }

    private static Stream<String> servedPorts(Manifests manifests) {
        return manifests
                .kind("Service")
                .flatMap(service -> manifests
                        .pods()
                        .filter(pods -> pods.match(service.at("/spec/selector")))
                        .flatMap(pods -> service.at("/spec/ports")
                                .valueStream()
                                .map(port -> port.path("targetPort"))
                                .filter(port -> !isOpened(manifests, pods, port))
                                .map(port -> service.fault("serves " + port + ", which no policy opens"))));
    }

    /** Whether a policy allows connections to this port of the pods. */
    static boolean isOpened(Manifests manifests, Pods pods, JsonNode port) {
        return policies(manifests, pods)
                .flatMap(policy -> policy.at("/spec/ingress").valueStream())
                .flatMap(rule -> rule.path("ports").valueStream())
                .anyMatch(opened -> pods.number(opened.path("port")) == pods.number(port));
    }

    private static Stream<String> management(Manifests manifests) {
        return manifests
                .kind("Service")
                .filter(service -> service.at("/spec/ports")
                        .valueStream()
                        .anyMatch(port -> port.path("targetPort").asText().matches("management|8081")))
                .map(service -> service.fault("leads clients to the management port"));
    }

    private static Stream<String> names(Manifests manifests) {
        boolean canLookUp = policies(manifests, manifests.revoker())
                        .flatMap(policy -> policy.at("/spec/egress").valueStream())
                        .flatMap(rule -> rule.path("ports").valueStream())
                        .filter(port -> port.path("port").asInt() == 53)
                        .map(port -> port.path("protocol").asText())
                        .distinct()
                        .count()
                == 2;
        return canLookUp ? Stream.of() : Stream.of(manifests.revoker().fault("can't ask for names, by UDP and by TCP"));
    }
}
