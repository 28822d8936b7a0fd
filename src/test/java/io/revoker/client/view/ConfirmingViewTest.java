package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.client.RevokerClient;
import io.revoker.testing.Cable;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A view that tells the service what it has applied. */
class ConfirmingViewTest {
    private final RunningService service = RunningService.start();
    private final Vertx vertx = Vertx.vertx();
    private final Cable cable = Cable.to(vertx, service.port());

    @AfterEach
    void stop() {
        service.close();
        Waiting.get(vertx.close());
    }

    private Watched view() {
        return Watched.of(
                        List.of(cable.uri()), how -> how.confirmAs("gateway-1").bound(Duration.ofSeconds(2)))
                .awaitFresh();
    }

    private JsonNode follower() {
        return service.call("GET", "/v1/followers").send().json().at("/followers/0");
    }

    private Reply revoke(String user) {
        return service.call("POST", "/v1/revocations")
                .json("{\"target\":{\"username\":\"" + user + "\"}}")
                .send();
    }

    @Test
    void confirmsWhatItHasApplied() {
        try (Watched view = view()) {
            Waiting.until("known", () -> follower().path("name").asText().equals("gateway-1"));
            assertThat(follower().path("bound").textValue()).isEqualTo("2000ms");

            String stamp = revoke("joe").header("Revoker-Stamp");

            Waiting.until(
                    () -> "confirmed " + follower(),
                    Waiting.PATIENCE,
                    () -> follower().path("confirmed").asText().equals(stamp));
            assertThat(follower().path("state").textValue()).isEqualTo("CLOSED");
            assertThat(view.state(Watched.token("corp", "joe"))).isEqualTo(REVOKED);
        }
    }

    /** Cut off it says nothing, and its bound closes it. */
    @Test
    void confirmsNothingThatItHasNotApplied() {
        try (Watched view = view()) {
            Waiting.until("known", () -> follower().has("confirmed"));
            cable.hold();

            long stamp = Long.parseLong(revoke("joe").header("Revoker-Stamp"));
            Waiting.until("its bound has passed", () -> {
                JsonNode follower = follower();
                assertThat(Long.parseLong(follower.path("confirmed").asText())).isLessThan(stamp);
                return follower.path("state").asText().equals("CLOSED");
            });
            assertThat(view.state(Watched.token("corp", "ann"))).isEqualTo(RevocationState.UNKNOWN);

            cable.mend();
            view.await(Watched.token("corp", "joe"), REVOKED);
            Waiting.until(
                    "confirmed",
                    () -> Long.parseLong(follower().path("confirmed").asText()) >= stamp);
        }
    }

    @Test
    void refusesANameThatNoFollowerMayHave() {
        try (RevokerClient client =
                RevokerClient.builder(URI.create("http://127.0.0.1:1")).build()) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> RevocationView.builder(client).confirmAs("a/b"))
                    .withMessage("confirmAs: a/b (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
        }
    }
}
