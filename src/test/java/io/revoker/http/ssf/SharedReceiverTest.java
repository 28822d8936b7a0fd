package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two streams that are pushed to the same host, where one of them gets no answers. */
class SharedReceiverTest {
    @Test
    void theOtherGetsItsEvents(@TempDir Path directory) {
        try (PushEndpoint endpoint = PushEndpoint.start();
                RunningService service = RunningService.start(Transmitting.options(
                        directory, "--ssf.push.allow-private-addresses=true", "--ssf.push.timeout=1m"))) {
            Transmitting to = new Transmitting(service);
            Receiver receiver = to.receiver();
            String hanging = receiver.stream(endpoint.hangingDelivery());
            setStatus(receiver, hanging, "paused");
            to.revokeSome(8);
            setStatus(receiver, hanging, "enabled");
            Waiting.until("hang", () -> endpoint.received().size() >= 8);

            receiver.stream(endpoint.delivery());
            List<String> users = to.revokeSome(20);

            endpoint.awaitAccepted(receiver, users);
            to.removeStreams();
        }
    }

    private static void setStatus(Receiver receiver, String stream, String status) {
        assertThat(receiver.send("POST", "/ssf/status", "{'stream_id':'" + stream + "','status':'" + status + "'}")
                        .status())
                .isEqualTo(200);
    }
}
