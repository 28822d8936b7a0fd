package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The configuration for runc (config.json of the OCI Runtime Specification): the image, and the user, the root file
 * system and the privileges that the pod states, as a kubelet passes them on. The network is this machine's.
 */
final class Bundle {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode config = JSON.createObjectNode();
    private final JsonNode image;

    private Bundle(JsonNode image) {
        this.image = image;
        config.put("ociVersion", "1.0.2");
        config.putObject("root").put("path", "rootfs");
        config.putObject("process").put("cwd", image.path("WorkingDir").asText());
        namespaces("pid", "ipc", "uts", "mount");
        mount("proc", "/proc", "proc", "nosuid", "noexec", "nodev");
        mount("tmpfs", "/dev", "tmpfs", "nosuid", "strictatime", "mode=755");
    }

    static Bundle of(JsonNode image) {
        return new Bundle(image);
    }

    /** Of a pod and of its container. */
    Bundle secured(JsonNode pod, JsonNode container) {
        ((ObjectNode) config.path("root"))
                .put("readonly", container.path("readOnlyRootFilesystem").asBoolean());
        ObjectNode process = (ObjectNode) config.path("process");
        process.put(
                "noNewPrivileges", !container.path("allowPrivilegeEscalation").asBoolean());
        process.putObject("user")
                .put("uid", pod.path("runAsUser").asInt())
                .put("gid", pod.path("runAsGroup").asInt())
                .putArray("additionalGids")
                .add(pod.path("fsGroup").asInt());
        ObjectNode none = process.putObject("capabilities");
        List.of("bounding", "effective", "permitted", "inheritable").forEach(none::putArray);
        return this;
    }

    /** The entry point of the image with these arguments, and its environment with these variables. */
    Bundle run(List<String> arguments, Map<String, String> environment) {
        ObjectNode process = (ObjectNode) config.path("process");
        ArrayNode args = process.putArray("args").addAll((ArrayNode) image.path("Entrypoint"));
        arguments.forEach(args::add);
        List<String> all = new ArrayList<>();
        image.path("Env").forEach(variable -> all.add(variable.asText()));
        environment.forEach((name, value) -> all.add(name + "=" + value));
        ArrayNode env = process.putArray("env");
        all.forEach(env::add);
        return this;
    }

    Bundle readOnly(Path source, String destination) {
        mount("bind", destination, source.toString(), "rbind", "ro");
        return this;
    }

    Bundle writable(Path source, String destination) {
        mount("bind", destination, source.toString(), "rbind", "rw");
        return this;
    }

    void writeTo(Path directory) throws IOException {
        Files.writeString(directory.resolve("config.json"), config.toPrettyString());
    }

    private void mount(String type, String destination, String source, String... options) {
        ObjectNode mount = config.withArray("mounts").addObject();
        mount.put("type", type).put("destination", destination).put("source", source);
        ArrayNode all = mount.putArray("options");
        List.of(options).forEach(all::add);
    }

    private void namespaces(String... types) {
        ArrayNode namespaces = config.putObject("linux").putArray("namespaces");
        List.of(types).forEach(type -> namespaces.addObject().put("type", type));
    }
}
