package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service on a Redis whose password is in a file that a variable names. */
class SecretFilesIT {
    private static final String PASSWORD = "p@ss/w:o rd%41+";

    @TempDir
    private Path directory;

    private RedisProcess redis;

    @BeforeEach
    void startRedis() throws IOException {
        redis = RedisProcess.start(RedisServers.executable(), Files.createDirectory(directory.resolve("redis")));
        try (RedisClient client = redis.client()) {
            client.call("CONFIG", "SET", "requirepass", PASSWORD);
        }
    }

    @AfterEach
    void endRedis() {
        redis.close();
    }

    @Test
    void readsThePasswordFromIt() throws IOException {
        try (JarProcess service = start(PASSWORD + "\n")) {
            service.awaitReady();
            try (RawConnection connection = service.connect()) {
                assertThat(connection.exchange(Requests.register("kept")).status())
                        .isEqualTo(201);
                assertThat(connection.exchange(Requests.check("kept")).status()).isEqualTo(200);
            }
            assertThat(service.output()).doesNotContain("p@ss", "p%40ss");
        }
    }

    @Test
    void saysThatItIsWrongWithoutShowingIt() throws IOException {
        try (JarProcess service = start("an-other-password\n")) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output()).contains("WRONGPASS").doesNotContain("an-other-password");
        }
    }

    private JarProcess start(String password) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), password);
        return JarProcess.start(
                directory,
                Map.of("REVOKER_REDIS_URL", redis.url(), "REVOKER_REDIS_PASSWORD_FILE", file.toString()),
                JarProcess.PATIENT);
    }
}
