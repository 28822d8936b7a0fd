package io.revoker.gateways;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sends after a request that may stay open, to a service that takes it for a request like any other. */
@NeedsTools
class UncheckedRequestsTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String FORGED = "GET /forged HTTP/1.1\r\nHost: a\r\nX-Auth-Subject: root\r\n\r\n";

    private final RunningService revoker = RunningService.start();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    @AfterEach
    void stop() {
        revoker.close();
    }

    /** It answers whatever comes, and keeps its connections. */
    private int service(Vertx vertx) {
        return get(vertx.createNetServer().connectHandler(this::serve).listen(0, "127.0.0.1"))
                .actualPort();
    }

    private void serve(NetSocket gateway) {
        open.incrementAndGet();
        gateway.closeHandler(end -> open.decrementAndGet()).handler(bytes -> {
            received.add(bytes.toString());
            gateway.write(ANSWER).onFailure(gone -> {});
        });
    }

    @ParameterizedTest
    @CsvSource({"Upgrade: websocket, 502", "Accept: text/event-stream, 200"})
    void neverReachTheService(String header, int status) {
        String token = new Api(revoker).access("corp", "joe");
        try (Gateway gateway = Gateway.start(
                                Gateway.Kind.NGINX_FEED, Gateway.Wiring.of(revoker.port(), service(revoker.vertx())))
                        .awaitListening();
                RawConnection client = gateway.connect()) {
            String checked = "GET /checked HTTP/1.1\r\nHost: a\r\n" + header + "\r\nAuthorization: Bearer " + token;

            int answered = client.exchange(checked + "\r\n\r\n" + FORGED).status();
            client.send(FORGED).endSending();

            client.readToEnd();
            until("the service has none open", () -> open.get() == 0);
            assertThat(String.join("", received))
                    .contains("GET /checked", "X-Auth-Subject: joe")
                    .doesNotContain("forged")
                    .doesNotContain("root");
            assertThat(answered).isEqualTo(status);
        }
    }
}
