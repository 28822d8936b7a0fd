package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** The pods that a Deployment or a StatefulSet makes. */
record Pods(Manifest owner) {
    JsonNode spec() {
        return owner.at("/spec/template/spec");
    }

    JsonNode labels() {
        return owner.at("/spec/template/metadata/labels");
    }

    Stream<JsonNode> containers() {
        return Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(kind -> spec().path(kind).valueStream());
    }

    /** The only container that ours have. */
    JsonNode container() {
        return spec().at("/containers/0");
    }

    /** The port of that name or number; missing if there is none. */
    Stream<JsonNode> ports(JsonNode nameOrNumber) {
        String port = nameOrNumber.asText();
        return containers()
                .flatMap(container -> container.path("ports").valueStream())
                .filter(candidate -> candidate.path("name").asText().equals(port)
                        || candidate.path("containerPort").asText().equals(port));
    }

    boolean hasPort(JsonNode nameOrNumber) {
        return ports(nameOrNumber).findAny().isPresent();
    }

    /** The number of a port. */
    int number(JsonNode nameOrNumber) {
        return ports(nameOrNumber)
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst()
                .orElse(nameOrNumber.asInt());
    }

    Stream<JsonNode> volumes() {
        return spec().path("volumes").valueStream();
    }

    /** Where a container has the volume. */
    Stream<JsonNode> mounts(String volume) {
        return mounts().filter(mount -> mount.path("name").asText().equals(volume));
    }

    Stream<JsonNode> mounts() {
        return containers().flatMap(container -> container.path("volumeMounts").valueStream());
    }

    Stream<JsonNode> variables() {
        return containers().flatMap(container -> container.path("env").valueStream());
    }

    /** Whether {@code matchLabels} chooses them; an empty or absent one chooses every pod. */
    boolean match(JsonNode matchLabels) {
        return matchLabels
                .propertyStream()
                .allMatch(label -> labels().path(label.getKey()).equals(label.getValue()));
    }

    String fault(String text) {
        return owner.fault(text);
    }
}
