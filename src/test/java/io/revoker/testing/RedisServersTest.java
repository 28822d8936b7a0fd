package io.revoker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.testing.RedisServers.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServersTest {
    @TempDir
    Path directory;

    @Test
    void aServerStartsOnceAndOnlyWhenItIsUsed() {
        AtomicInteger starts = new AtomicInteger();
        Server server = new Server("some", () -> "redis://start" + starts.incrementAndGet());

        assertThat(server).hasToString("some");
        assertThat(starts).hasValue(0);
        assertThat(server.url()).isEqualTo(server.url()).isEqualTo("redis://start1");
    }

    @Test
    void aNamedServerThatIsNotThereFails() {
        Map<String, String> environment = Map.of("REVOKER_TEST_REDIS", "/no/such/redis-server");

        assertThatThrownBy(() -> RedisServers.named(environment))
                .hasMessage("REVOKER_TEST_REDIS: /no/such/redis-server (expected: an executable file)");
    }

    @Test
    void aServerThatEndsFailsWithWhatItSays() throws IOException {
        Path broken = Files.writeString(directory.resolve("redis-server"), "#!/bin/sh\necho library missing\nexit 1\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> RedisProcess.start(broken, directory))
                .hasMessageContaining("has ended")
                .hasMessageContaining("library missing");
    }
}
