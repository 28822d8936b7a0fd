package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.caller.ClientSecret;
import io.revoker.caller.HashFormat;
import io.revoker.testing.Call;
import io.revoker.testing.JarProcess;
import io.revoker.testing.MountedFiles;
import io.revoker.testing.RawConnection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, its files mounted as a kubelet does it. */
class ReloadIT {
    private static final String SECRET = "a secret that is long enough";
    private static final String SETTINGS = "reload: {interval: 100ms}\nlogging: {level: %s}\nlog: {retention: %s}\n";

    @TempDir
    private Path directory;

    @Test
    void goesOnWithOtherClientsAndAnotherLevelOfItsLog() {
        MountedFiles settings = MountedFiles.in(directory.resolve("settings"));
        MountedFiles clients = MountedFiles.in(directory.resolve("clients"));
        Path config = settings.put("revoker.yaml", SETTINGS.formatted("info", "24h"));
        Path file = clients.put("clients.yaml", client("old"));
        try (JarProcess service = JarProcess.start(directory, "--config=" + config, "--clients.file=" + file)) {
            service.awaitReady();
            assertThat(check(service, "old")).isEqualTo(401);

            clients.put("clients.yaml", client("new"));
            service.until("the clients", () -> service.output().contains("took over: the clients of " + file));
            assertThat(check(service, "old")).isEqualTo(403);
            assertThat(check(service, "new")).isEqualTo(401);

            clients.put("clients.yaml", "clients: []");
            service.until("a fault", () -> service.output().contains("reload refused: clients.file: " + file));
            assertThat(check(service, "new")).isEqualTo(401);

            clients.put("clients.yaml", client("new"));
            settings.put("revoker.yaml", SETTINGS.formatted("error", "25h"));
            service.until("the level", () -> service.output().contains("took over: logging.level: INFO -> ERROR"));
            service.signal("TERM");
            assertThat(service.awaitExit()).isZero();
            assertThat(service.output())
                    .contains("WARN  Reload reload refused: log.retention: 25h (needs a restart; until then 1d)")
                    .doesNotContain("stopping");
        }
    }

    /** 401: the gateway is known, the token is not; 403: the gateway is not known. */
    private static int check(JarProcess service, String id) {
        try (RawConnection connection = service.connect()) {
            return connection
                    .exchange("GET /v1/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer none\r\n"
                            + "Revoker-Authorization: Basic " + Call.base64(id + ":" + SECRET) + "\r\n\r\n")
                    .status();
        }
    }

    private static String client(String id) {
        String line = HashFormat.sha256(ClientSecret.of(SECRET).orElseThrow());
        return "clients:\n  - id: " + id + "\n    secret: \"" + line + "\"\n    privileges: [check]\n";
    }
}
