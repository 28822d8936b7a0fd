package io.revoker.revocation.jwt;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.Tuning;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One server carries out what it gets on one connection in the order in which it was sent. */
class InvalidationOrderTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<String> sent = new AtomicReference<>("");
    private final String url = Relay.to(vertx, RedisServers.embedded().url(), connection -> request -> {
                sent.accumulateAndGet(request.toString(), String::concat);
                connection.pass(request);
            })
            .url();
    private final Backend.Opened opened =
            Backend.open(Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10)), url, Backend.newPrefix());
    private final OnLoop ports = opened.ports();

    @AfterEach
    void close() {
        opened.close().run();
        get(vertx.close());
    }

    @Test
    void isSentBeforeTheLogEntry() {
        Grant grant = Grants.access(holder("corp", "joe"));
        get(ports.register(grant));
        Token token = get(ports.find(accessId(grant))).orElseThrow();
        Target.Single target = new Target.OneToken(TokenKind.ACCESS, token.id());
        sent.set("");

        Report report = get(OnLoop.on(
                ports.context(),
                () -> Invalidation.of(
                        token,
                        target,
                        dead -> ports.log().appendAfter(dead, target, Optional.empty(), Registered.of(token)),
                        ports.store())));

        assertThat(report.tally()).isEqualTo(Tally.ONE_INVALIDATED);
        assertThat(sent.get()).containsSubsequence(":h:", ":{log}:events");
    }
}
