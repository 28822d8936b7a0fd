package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the packaged jar. */
class CommandsIT {
    @TempDir
    private Path directory;

    @Test
    void tellsItsUsage() {
        assertThat(run("--help"))
                .startsWith("Revoker makes tokens stop working")
                .contains("usage: java -jar");
    }

    @Test
    void tellsTheVersionOfTheBuild() {
        assertThat(run("--version")).isEqualTo("revoker " + System.getProperty("revoker.version") + "\n");
    }

    @Test
    void makesTheHashOfASecret() {
        assertThat(run("hash-secret")).contains("give the client:").contains("sha256:");
    }

    private String run(String argument) {
        JarProcess jar = JarProcess.run(directory, List.of(argument));
        assertThat(jar.awaitExit()).isZero();
        assertThat(directory.resolve("data")).as("of a service").doesNotExist();
        return jar.output();
    }
}
