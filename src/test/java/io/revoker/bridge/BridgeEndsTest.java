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
        try (RunningService service = service("--http.header-timeout=300ms");
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
        try (RunningService service = service("--http.idle-timeout=500ms");
                BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, FOLLOW);

            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void ifTheServiceEnds() {
        RunningService service = service();
        try (BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, FOLLOW).exchange(PING);

            service.close();

            assertThat(client.isClosed()).isTrue();
        }
    }

    private static RunningService service(String... options) {
        String[] all = new String[options.length + 3];
        System.arraycopy(options, 0, all, 3, options.length);
        all[0] = "--bridge.enabled=true";
        all[1] = "--bridge.port=0";
        all[2] = ClientFiles.option();
        return RunningService.start(all);
    }
}
