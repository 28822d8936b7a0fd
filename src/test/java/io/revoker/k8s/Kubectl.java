package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.revoker.testing.KubectlProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** {@code kubectl kustomize}, which needs no cluster. */
final class Kubectl {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Kubectl() {}

    /** The documents that the kustomization in the directory makes. */
    static Manifests render(Path directory) {
        Path output = TemporaryFiles.file("rendered", ".yaml");
        Path errors = TemporaryFiles.file("errors", ".txt");
        int status = KubectlProgram.run(KubectlProgram.with("kustomize", directory.toString())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile()));
        String complaints = TemporaryFiles.text(errors);
        // Complaints alone are of fields that go out of use.
        if (status != 0 || !complaints.isEmpty()) {
            throw new AssertionError("kubectl kustomize " + directory + ": status " + status + "\n" + complaints);
        }
        return read(output);
    }

    private static Manifests read(Path output) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(output.toFile())) {
            List<JsonNode> all = documents.readAll();
            return new Manifests(all.stream().map(Manifest::new).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
