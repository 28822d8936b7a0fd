package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.revoker.testing.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An image as the OCI Image Layout Specification lays it out, in a tar file: unpacked without any tool for images. */
record ImageLayout(Path directory) {
    private static final JsonMapper JSON = new JsonMapper();

    static ImageLayout unpack(Path tar, Path directory) {
        extract(tar, directory);
        return new ImageLayout(directory);
    }

    /** What it says about how it is run. */
    JsonNode configuration() {
        return json(blob(manifest().path("config"))).path("config");
    }

    /** Puts its layers over each other. */
    void extractLayers(Path root) {
        for (JsonNode layer : layers()) {
            extract(blob(layer), root);
        }
    }

    List<JsonNode> layers() {
        return manifest().path("layers").valueStream().toList();
    }

    private JsonNode manifest() {
        return json(blob(json(directory.resolve("index.json")).at("/manifests/0")));
    }

    private Path blob(JsonNode descriptor) {
        return directory.resolve("blobs/" + descriptor.path("digest").asText().replace(':', '/'));
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void extract(Path tar, Path directory) {
        try {
            Files.createDirectories(directory);
            int status = Processes.awaitEnd(
                    new ProcessBuilder("tar", "-xf", tar.toString(), "-C", directory.toString(), "--no-same-owner")
                            .inheritIO()
                            .start());
            if (status != 0) {
                throw new AssertionError("tar " + tar + ": status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
