package io.revoker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.BridgeClient;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of which nothing is to be expected are closed. */
class BridgeEndsTest {
    private static final String FOLLOW = "{'type':'register','address':'revocation.v1.events'}";
    private static final String PING = "{'type':'ping'}";

    @Test
    void ifTheClientDoesNotSayWhoItIs() {
        try (RunningService service = BridgeClient.service("--http.header-timeout=300ms");
                BridgeClient silent = BridgeClient.to(service);
                BridgeClient pinging = BridgeClient.to(service);
                BridgeClient known = BridgeClient.to(service)) {
            known.sendAs(ClientFiles.ROOT, FOLLOW);

            assertThat(pinging.exchange(PING).path("type").textValue()).isEqualTo("pong");
            assertThat(silent.isClosed()).isTrue();
            assertThat(pinging.isClosed()).isTrue();
            assertThat(known.exchange(PING).path("type").textValue()).isEqualTo("pong");
        }
    }

    @Test
    void ifTheClientSendsNothingMore() {
        try (RunningService service = BridgeClient.service("--http.idle-timeout=500ms");
                BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, FOLLOW);

            assertThat(client.isClosed()).isTrue();
        }
    }

    /** What was written to it stays where it is. */
    @Test
    void ifTheClientDoesNotRead() {
        try (RunningService service = BridgeClient.service("--feed.patience=500ms");
                BridgeClient client = BridgeClient.to(service)) {
            fill(service, client);

            Waiting.until("closed", () -> BridgeClient.connections(service) == 0);
        }
    }

    /** Each has to prove anew who it is, whether it reads or not. */
    @Test
    void ifTheClientsChange(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("clients.yaml"), ClientFiles.text());
        try (RunningService service = RunningService.start(
                        "--reload.interval=20ms",
                        "--bridge.enabled=true",
                        "--bridge.port=0",
                        "--feed.patience=10m",
                        "--clients.file=" + file);
                BridgeClient reading = BridgeClient.to(service);
                BridgeClient slow = BridgeClient.to(service)) {
            reading.sendAs(ClientFiles.ROOT, FOLLOW).exchange(PING);
            fill(service, slow);
            assertThat(BridgeClient.connections(service)).isEqualTo(2);

            Files.writeString(file, ClientFiles.text() + ClientFiles.another("another", "[check]"));

            Waiting.until("closed", () -> BridgeClient.connections(service) == 0);
        }
    }

    @Test
    void ifTheServiceEndsAndTheClientDoesNotRead() {
        RunningService service = BridgeClient.service("--feed.patience=10m", "--http.drain-timeout=1s");
        try (BridgeClient client = BridgeClient.to(service)) {
            fill(service, client);

            service.close();
        }
    }

    /** It asks for more than there is room for on the way. */
    private static void fill(RunningService service, BridgeClient client) {
        for (int i = 0; i < 50; i++) {
            service.call("POST", "/v1/revocations")
                    .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                    .json("{\"target\":{\"username\":\"" + "user-".repeat(40) + i + "\"}}")
                    .send();
        }
        client.sendAs(ClientFiles.ROOT, FOLLOW);
        for (int i = 0; i < 60; i++) {
            client.send("{'type':'send','address':'revocation.v1.changes','replyAddress':'r','body':{'since':'0'}}");
        }
        Waiting.until("sent", () -> service.inFlight() == 0);
    }

    @Test
    void ifTheServiceEnds() {
        RunningService service = BridgeClient.service();
        try (BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, FOLLOW).exchange(PING);

            service.close();

            assertThat(client.isClosed()).isTrue();
        }
    }
}
