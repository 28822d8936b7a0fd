package io.revoker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand connections that say nothing leave room for others, and end. */
class IdleCrowdIT {
    private static final int CONNECTIONS = 10_000;
    private static final int ROOM = 10;
    private static final String CHECK = "GET /v1/check HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    private Path directory;

    @Test
    void leavesRoomForOthersAndEnds() {
        try (JarProcess service = JarProcess.start(
                directory, "--http.max-connections=" + (CONNECTIONS + ROOM), "--http.header-timeout=20s")) {
            service.awaitReady();
            try (Crowd crowd = Crowd.of(CONNECTIONS, service.port());
                    RawConnection honest = service.connect()) {
                service.until("all are accepted", () -> service.descriptors() >= CONNECTIONS);
                assertServed(honest);

                service.until("all are closed", () -> !crowd.drip());
                assertServed(honest);
                service.until("none is left", () -> service.descriptors() < CONNECTIONS / 10);
            }
        }
    }

    private static void assertServed(RawConnection honest) {
        for (int i = 0; i < ROOM; i++) {
            assertThat(honest.exchange(CHECK).status()).isEqualTo(401);
        }
    }
}
