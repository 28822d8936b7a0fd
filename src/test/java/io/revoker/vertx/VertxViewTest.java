package io.revoker.vertx;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.RevokerClient;
import io.revoker.client.view.RevocationState;
import io.revoker.client.view.RevocationView;
import io.revoker.client.view.TokenKey;
import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A view on event loops. */
class VertxViewTest {
    private final RunningService service = RunningService.start();
    private final Api api = new Api(service);
    private final RevokerClient client = RevokerClient.builder(service.uri("")).build();
    private final RevocationView view = RevocationView.builder(client).open();
    private final Vertx vertx = Vertx.vertx();
    private final VertxView ofVertx = new VertxView(vertx, view);

    @AfterEach
    void stop() {
        view.close();
        client.close();
        get(vertx.close());
        service.close();
    }

    private static TokenKey key(String token) {
        return TokenKey.of(token)
                .realm("corp")
                .user("joe")
                .issuedAt(Instant.now())
                .build();
    }

    @Test
    void saysWhetherATokenWasRevoked() {
        String token = api.access("corp", "joe");
        get(ofVertx.ready());
        assertThat(get(ofVertx.isRevoked(token, key(token)))).isFalse();

        assertThat(api.invalidateAccess(token)).startsWith("200 1,");

        Waiting.until("known", () -> ofVertx.state(key(token)) == RevocationState.REVOKED);
        assertThat(get(ofVertx.isRevoked(token, key(token)))).isTrue();
    }

    /** A key without facts: the service is asked. */
    @Test
    void endsOnTheContextOfTheCaller() {
        String token = api.access("corp", "joe");
        TokenKey unknown = TokenKey.of(token).build();
        Context context = vertx.getOrCreateContext();
        Promise<Boolean> there = Promise.promise();

        context.runOnContext(turn -> ofVertx.isRevoked(token, unknown)
                .onComplete(revoked -> there.complete(!revoked && vertx.getOrCreateContext() == context), there::fail));

        assertThat(get(there.future())).isTrue();
    }
}
