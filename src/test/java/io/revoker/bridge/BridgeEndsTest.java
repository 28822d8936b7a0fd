package io.revoker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.BridgeClient;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;

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
