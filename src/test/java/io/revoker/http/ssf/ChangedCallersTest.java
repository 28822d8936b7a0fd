package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that lose realms, or the privilege, while events wait for them. */
class ChangedCallersTest {
    private static final String CHANGING = "changing";

    @TempDir
    private Path directory;

    private Path clients;
    private RunningService service;
    private Transmitting to;
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        clients = directory.resolve("changing.yaml");
        write(ClientFiles.another(CHANGING, "[feed]"));
        service = RunningService.reading(Transmitting.options(
                directory,
                "--clients.file=" + clients,
                "--reload.interval=50ms",
                "--ssf.poll-timeout=60s",
                "--ssf.push.allow-private-addresses=true",
                "--ssf.push.longest-pause=500ms"));
        to = new Transmitting(service);
        receiver = new Receiver(service, CHANGING);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void getNothingOfALostRealmByAPollThatWaits() throws IOException {
        CompletableFuture<Reply> poll = waitingPoll();

        change(ClientFiles.another(CHANGING, "[feed]") + "    realms: [corp]\n");
        to.revoke("partners");
        String user = to.revoke("corp");

        assertThat(receiver.read(poll.join()).users()).containsExactly(user);
    }

    @Test
    void getNothingWithoutThePrivilegeByAPollThatWaits() throws IOException {
        CompletableFuture<Reply> poll = waitingPoll();

        change(ClientFiles.another(CHANGING, "[check]"));

        assertThat(poll.join().status()).isEqualTo(403);
    }

    @Test
    void arePushedNothingOfALostRealm() throws IOException {
        try (PushEndpoint endpoint = PushEndpoint.start()) {
            endpoint.behave("503");
            receiver.send("POST", "/ssf/stream", endpoint.delivery());
            to.revoke("partners");
            Waiting.until("tried", () -> !endpoint.received().isEmpty());

            change(ClientFiles.another(CHANGING, "[feed]") + "    realms: [corp]\n");
            endpoint.behave("202");
            String user = to.revoke("corp");

            endpoint.awaitAccepted(receiver, List.of(user));
            assertThat(endpoint.acceptedUsers(receiver)).containsOnly(user);
        }
    }

    private CompletableFuture<Reply> waitingPoll() {
        String stream = receiver.stream();
        CompletableFuture<Reply> poll =
                receiver.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();
        Waiting.until("waits", () -> service.inFlight() > 0);
        return poll;
    }

    /** Until it is in force: a client that was not known before is. */
    private void change(String entry) throws IOException {
        String sign = Api.fresh("sign");
        write(entry + ClientFiles.another(sign, "[check]"));
        Waiting.until(
                "in force",
                () -> new Receiver(service, sign)
                                .send("POST", "/v1/checks", "{'tokens':['x']}")
                                .status()
                        == 200);
    }

    private void write(String more) throws IOException {
        Files.writeString(clients, ClientFiles.text() + more);
    }
}
