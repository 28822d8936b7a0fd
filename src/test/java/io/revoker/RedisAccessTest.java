package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.testing.Certificate;
import io.revoker.testing.OwnRedis;
import io.revoker.testing.Processes;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis behind TLS and a user with a password; the one that {@code REVOKER_TEST_REDIS} names, else the embedded one. */
class RedisAccessTest {
    private static final String PASSWORD = "p%40ss"; // p@ss, as a URL has it

    @TempDir
    private Path directory;

    private Certificate certificate;
    private Process redis;
    private int port;

    @BeforeEach
    void startRedis() throws IOException {
        certificate = Certificate.make(directory);
        port = freePort();
        List<String> command = new ArrayList<>(List.of(executable(), "--port", "0", "--tls-port", "" + port));
        command.addAll(List.of("--tls-cert-file", certificate.certificate().toString()));
        command.addAll(List.of("--tls-key-file", certificate.key().toString()));
        command.addAll(List.of("--tls-ca-cert-file", certificate.certificate().toString()));
        command.addAll(List.of("--tls-auth-clients", "no", "--dir", directory.toString(), "--save", ""));
        Path acl = Files.writeString(
                directory.resolve("users.acl"), "user default off\nuser alice on >p@ss ~* &* +@all\n");
        command.addAll(List.of("--aclfile", acl.toString()));
        redis = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.out").toFile())
                .start();
        until("Redis listens", this::listens);
    }

    @AfterEach
    void endRedis() {
        Processes.awaitEnd(redis.destroyForcibly());
    }

    @Test
    void worksOverTlsAsAUserWithAPassword() {
        try (RunningService service = RunningService.on(url(PASSWORD), trust());
                RawConnection connection = service.connect()) {
            assertThat(connection.exchange(Requests.register("over-tls")).status())
                    .isEqualTo(201);
            assertThat(connection.exchange(Requests.check("over-tls")).status()).isEqualTo(200);
        }
    }

    @Test
    void saysThatThePasswordIsWrong() {
        assertThatThrownBy(() -> RunningService.on(url("another"), trust()))
                .hasMessageContaining("WRONGPASS")
                .hasMessageNotContaining("another");
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() {
        assertThatThrownBy(() -> RunningService.on(url(PASSWORD))).hasMessageContaining("Redis");
    }

    private String url(String password) {
        return "rediss://alice:" + password + "@localhost:" + port;
    }

    private String trust() {
        return "--redis.tls.ca=" + certificate.certificate();
    }

    private boolean listens() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private String executable() {
        String given = System.getenv("REVOKER_TEST_REDIS");
        return given == null || given.isEmpty() ? OwnRedis.executable(directory).toString() : given;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
