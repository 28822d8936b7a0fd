package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The way from our pods to the Redis of their URL. */
final class RedisReach {
    private static final int SERVER = 6379;
    private static final Pattern SERVERS = Pattern.compile("redis(s?)(-sentinel|-cluster)?://(?:[^@]*@)?([^/#]+).*");

    private RedisReach() {}

    /** A server as the URL names it. */
    private record Endpoint(String host, int port) {
        static Endpoint of(String text) {
            String[] parts = text.split(":", 2);
            return new Endpoint(parts[0], Integer.parseInt(parts[1]));
        }
    }

    static Stream<String> faults(Manifests manifests) {
        Pods us = manifests.revoker();
        return endpoints(us)
                .flatMap(endpoint -> Stream.concat(
                        isLetOut(manifests, us, endpoint.port())
                                ? Stream.of()
                                : Stream.of(us.fault("may not reach port " + endpoint.port())),
                        manifests.find("Service", endpoint.host()).stream()
                                .flatMap(service -> within(manifests, service, endpoint.port()))));
    }

    /** Those of the URL; behind sentinels there are servers too. */
    private static Stream<Endpoint> endpoints(Pods us) {
        String url = Invocation.of(us).environment().getOrDefault("REVOKER_REDIS_URL", "");
        Matcher parts = SERVERS.matcher(url);
        if (!parts.matches()) {
            return Stream.of();
        }
        Stream<Endpoint> named = Stream.of(parts.group(3).split(",")).map(Endpoint::of);
        return "-sentinel".equals(parts.group(2))
                ? named.flatMap(sentinel -> Stream.of(sentinel, new Endpoint(sentinel.host(), SERVER)))
                : named;
    }

    /** A Redis of the overlay's own: the Service has the port, and both policies let us through. */
    private static Stream<String> within(Manifests manifests, Manifest service, int number) {
        Pods us = manifests.revoker();
        Optional<JsonNode> port = service.at("/spec/ports")
                .valueStream()
                .filter(served -> served.path("port").asInt() == number)
                .findFirst();
        if (port.isEmpty()) {
            return Stream.of(service.fault("does not serve port " + number));
        }
        return manifests
                .pods()
                .filter(pods -> pods.match(service.at("/spec/selector")))
                .filter(pods -> !leads(manifests, us, pods, number)
                        || !admits(manifests, pods, us, port.orElseThrow().path("targetPort")))
                .map(pods -> pods.fault("can't be reached by " + us.owner().id()));
    }

    private static boolean isLetOut(Manifests manifests, Pods us, int port) {
        return ways(manifests, us).anyMatch(way -> opens(way, us, port));
    }

    private static boolean leads(Manifests manifests, Pods us, Pods them, int port) {
        return ways(manifests, us).filter(way -> opens(way, us, port)).anyMatch(way -> names(way.path("to"), them));
    }

    private static boolean admits(Manifests manifests, Pods them, Pods us, JsonNode port) {
        return NetworkRule.policies(manifests, them)
                .flatMap(policy -> policy.at("/spec/ingress").valueStream())
                .filter(way -> opens(way, them, them.number(port)))
                .anyMatch(way -> names(way.path("from"), us));
    }

    private static Stream<JsonNode> ways(Manifests manifests, Pods us) {
        return NetworkRule.policies(manifests, us)
                .flatMap(policy -> policy.at("/spec/egress").valueStream());
    }

    private static boolean opens(JsonNode way, Pods listeners, int port) {
        return way.path("ports").valueStream().anyMatch(opened -> listeners.number(opened.path("port")) == port);
    }

    private static boolean names(JsonNode peers, Pods pods) {
        return peers.valueStream()
                .map(peer -> peer.at("/podSelector/matchLabels"))
                .anyMatch(labels -> !labels.isMissingNode() && pods.match(labels));
    }
}
