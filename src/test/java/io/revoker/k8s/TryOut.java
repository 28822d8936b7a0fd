package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The overlay of that name on this machine: our pod under runc, its Redis with the settings of its ConfigMap, both at free ports. */
final class TryOut implements AutoCloseable {
    private static final Manifests MANIFESTS = Overlays.render("overlays/try-out");

    private final Path directory;
    private final RedisProcess redis;
    private final Container container;

    private TryOut(Path directory, ImageLayout image) throws IOException {
        this.directory = directory;
        this.redis = redis();
        image.extractLayers(directory.resolve("rootfs"));
        bundle(image.configuration()).writeTo(directory);
        this.container = Container.start(directory);
    }

    /** Ready when it returns. */
    static TryOut start(Path directory, ImageLayout image) throws IOException {
        return new TryOut(directory, image);
    }

    static Pods pods() {
        return MANIFESTS.revoker();
    }

    Container container() {
        return container;
    }

    Call call(String method, String path) {
        return Call.of(method, URI.create("http://127.0.0.1:" + container.port() + path));
    }

    /** The status of a probe's path. */
    int probe(String path) {
        return manage(path).status();
    }

    /** What is measured, as Prometheus reads it. */
    String metrics() {
        return manage("/metrics").body();
    }

    private Reply manage(String path) {
        return Call.of("GET", URI.create("http://127.0.0.1:" + container.managementPort() + path))
                .send();
    }

    /** What it wrote to its temporary directory. */
    Path temporary() {
        return directory.resolve("tmp");
    }

    private RedisProcess redis() throws IOException {
        String[] options = MANIFESTS
                .named("ConfigMap", "redis-settings")
                .at("/data/redis.conf")
                .asText()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Stream.of(("--" + line).replace("\"\"", "").split(" ", 2)))
                .toArray(String[]::new);
        Path data = Files.createDirectory(directory.resolve("redis"));
        RedisProcess server = RedisProcess.start(RedisServers.executable(), data, options);
        try (RedisClient client = server.client()) {
            client.call("CONFIG", "SET", "requirepass", Invocation.SECRET);
        }
        return server;
    }

    private Bundle bundle(JsonNode image) throws IOException {
        Pods pods = pods();
        Invocation invocation = Invocation.of(pods);
        List<String> arguments = new ArrayList<>(invocation.arguments());
        arguments.addAll(List.of("--http.port=0", "--management.port=0"));
        Map<String, String> environment = new LinkedHashMap<>(invocation.environment());
        environment.computeIfPresent(
                "REVOKER_REDIS_URL", (name, url) -> url.replace("redis:6379", "127.0.0.1:" + redis.port()));
        environment.merge(
                "JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=/tmp/classes.log", (given, ours) -> given + " " + ours);
        Bundle bundle = Bundle.of(image)
                .secured(pods.spec().path("securityContext"), pods.container().path("securityContext"))
                .run(arguments, environment);
        pods.mounts().forEach(mount -> mount(bundle, mount));
        return bundle;
    }

    private void mount(Bundle bundle, JsonNode mount) {
        String destination = mount.path("mountPath").asText();
        switch (mount.path("name").asText()) {
            case "settings" -> bundle.readOnly(settings(), destination);
            case "clients" -> bundle.readOnly(clients(), destination);
            case "redis" -> bundle.readOnly(password(), destination);
            case "tmp" -> bundle.writable(emptyDirectory(), destination);
            default -> throw new AssertionError("a volume that is not known here: " + mount);
        }
    }

    private Path settings() {
        String text = MANIFESTS
                .named("ConfigMap", "revoker-settings")
                .at("/data/revoker.yaml")
                .asText();
        return write("settings", "revoker.yaml", text, "rw-r--r--");
    }

    /** For the group of the pod alone, as its Secret is mounted. */
    private Path clients() {
        Path made = Path.of(ClientFiles.option().split("=", 2)[1]);
        return write("clients", "clients.yaml", TemporaryFiles.text(made), "r--r-----");
    }

    private Path password() {
        return write("password", "password", Invocation.SECRET, "r--r-----");
    }

    private Path write(String name, String file, String text, String mode) {
        try {
            Path mounted = Files.createDirectory(directory.resolve(name));
            Files.setPosixFilePermissions(mounted, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path written = Files.writeString(mounted.resolve(file), text);
            Files.setAttribute(written, "unix:gid", group());
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(mode));
            return mounted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path emptyDirectory() {
        try {
            Path made = Files.createDirectory(temporary());
            Files.setAttribute(made, "unix:gid", group());
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxr-x"));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int group() {
        return pods().spec().at("/securityContext/fsGroup").asInt();
    }

    @Override
    public void close() {
        container.close();
        redis.close();
    }
}
