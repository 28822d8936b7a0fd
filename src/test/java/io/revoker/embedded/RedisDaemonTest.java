package io.revoker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisDaemonTest {
    private final Path files = RedisServers.directory();
    private final ServerLogin login = new ServerLogin("0".repeat(64));

    /** Between the look whether the port is free and the start. */
    @Test
    void takesNoServerForItsOwnThatTookThePortMeanwhile() throws IOException {
        try (DataDirectory directory = DataDirectory.open(files);
                RedisProcess foreign = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
                RedisClient client = foreign.client()) {
            directory.write(
                    RedisDaemon.CONFIGURATION,
                    String.join("\n", "bind 127.0.0.1", "port " + foreign.port(), "dir \"" + files + "\"", ""));

            assertThatIOException()
                    .isThrownBy(() -> new RedisDaemon(directory.path(), login, Optional.empty()).launch(foreign.port()))
                    .withMessageContaining("did not start");

            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }
}
