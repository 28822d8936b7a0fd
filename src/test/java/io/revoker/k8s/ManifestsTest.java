package io.revoker.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Manual;
import io.revoker.testing.NeedsTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay, as kubectl makes it, holds to every rule. */
@NeedsTools
class ManifestsTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> overlaysAndRules() {
        return Overlays.names().stream().flatMap(overlay -> Rule.all().map(rule -> Arguments.of(overlay, rule)));
    }

    @ParameterizedTest
    @MethodSource("overlaysAndRules")
    void holdsToTheRule(String overlay, Rule rule) {
        assertThat(rule.faults(Overlays.render(overlay))).isEmpty();
    }

    @Test
    void knowsEveryOverlay() {
        assertThat(Overlays.names())
                .contains(
                        "base",
                        "overlays/try-out",
                        "overlays/sentinel",
                        "overlays/cluster",
                        "overlays/monitored",
                        "overlays/traced",
                        "overlays/clustered",
                        "overlays/encrypted");
    }

    @Test
    void theManualAppliesWhatIsThere() {
        Pattern applied = Pattern.compile("apply -k k8s/(\\S+)");

        assertThat(applied.matcher(Manual.text()).results().map(it -> it.group(1)))
                .isNotEmpty()
                .isSubsetOf(Overlays.names());
    }

    @Test
    void thereIsOneCopyOfTheSettings() {
        assertThat(settings(Overlays.render("base")).at("/data/revoker.yaml").asText())
                .isEqualTo(TemporaryFiles.text(Path.of("conf/revoker.yaml")));
    }

    @Test
    void aChangeOfTheSettingsRollsThePods() throws IOException {
        copy(Path.of("k8s"));
        copy(Path.of("conf"));
        Pods before = Kubectl.render(directory.resolve("k8s/base")).revoker();
        Path settings = directory.resolve("conf/revoker.yaml");
        Files.writeString(settings, Files.readString(settings).replace("drain-timeout: 30s", "drain-timeout: 29s"));

        Pods after = Kubectl.render(directory.resolve("k8s/base")).revoker();

        assertThat(after.spec()).isNotEqualTo(before.spec());
        assertThat(before.spec()).isEqualTo(Overlays.render("base").revoker().spec());
    }

    private static Manifest settings(Manifests manifests) {
        return manifests.named("ConfigMap", "revoker-settings");
    }

    private void copy(Path source) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file));
            }
        }
    }
}
