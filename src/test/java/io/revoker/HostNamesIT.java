package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names with an underscore, which Docker Compose gives and java.net.URI (JDK 17) takes for none, are hosts to the packaged service. */
class HostNamesIT {
    private static final String HOSTS = "127.0.0.1 localhost redis_1\n";

    @TempDir
    private Path directory;

    /** Of one server, of sentinels and of nodes of a Cluster. */
    @ParameterizedTest
    @MethodSource("io.revoker.testing.RedisServers#all")
    void areThoseOfDockerComposeToo(RedisServers.Server redis) throws IOException {
        String url = redis.url().replace("127.0.0.1", "redis_1");
        assertThat(url).contains("redis_1");
        Path hosts = Files.writeString(directory.resolve("hosts"), HOSTS);
        try (JarProcess service = JarProcess.start(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts),
                "--redis.url=" + url,
                JarProcess.PATIENT)) {
            service.awaitReady();
            try (RawConnection connection = service.connect()) {
                assertThat(connection.exchange(Requests.register("kept")).status())
                        .isEqualTo(201);
                assertThat(connection.exchange(Requests.check("kept")).status()).isEqualTo(200);
            }
        }
    }
}
