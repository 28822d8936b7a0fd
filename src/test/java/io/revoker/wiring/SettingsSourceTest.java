package io.revoker.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Configurations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourceTest {
    @TempDir
    private Path directory;

    @Test
    void namesTheFilesThatCanBeReadAgain() throws IOException {
        Path clients = Files.writeString(directory.resolve("clients.yaml"), "clients: []\n");

        assertThat(withClients(clients).files()).containsExactly(clients);
    }

    @Test
    void namesNoneIfOneCanBeReadButOnce() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(withClients(pipe).files()).isEmpty();
    }

    private static SettingsSource withClients(Path file) {
        return SettingsSource.of(Configurations.of(List.of("--clients.file=" + file), Map.of()));
    }
}
