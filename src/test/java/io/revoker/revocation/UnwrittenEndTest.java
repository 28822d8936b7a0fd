package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.Tuning;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sweep whose instance died, with its caller, and whose end the instance that has resumed it can't write, or does not know to be written. */
class UnwrittenEndTest {
    private final Vertx vertx = Vertx.vertx();
    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final Grant grant = Grants.pair(holder("corp", "joe"));
    private final AtomicInteger lost = new AtomicInteger();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void tellsTheNextCallerTheCountsThoughTheEndDidNotArrive() {
        tellsTheNextCaller(Relay.to(
                vertx, url, connection -> request -> passOrLose(request, connection, Relay.Connection::closeClient)));
    }

    @Test
    void tellsTheNextCallerTheCountsThoughNobodyHeardThatTheEndArrived() {
        tellsTheNextCaller(Relay.to(
                vertx,
                url,
                connection -> request -> passOrLose(request, connection, way -> {
                    way.server().handler(reply -> way.closeClient());
                    way.pass(request);
                })));
    }

    private void tellsTheNextCaller(Relay way) {
        Stamp sweep = enterAndDie();
        try (Node resuming = Node.onRedis(Tuning.OWN_HASHES, way.url(), prefix, 1)) {
            until("an end is lost", () -> lost.get() > 0);

            try (Node other = Node.onRedis(Tuning.OWN_HASHES, url, prefix, 1)) {
                Report next = get(other.revoke(target()));

                assertThat(next.joined()).containsExactly(sweep);
                assertThat(next.tally()).isEqualTo(new Tally(2, 0));
                assertThat(get(other.revoke(target())).tally())
                        .as("counts returned once")
                        .isEqualTo(Tally.NONE);
                assertThat(get(resuming.revoke(target())).tally())
                        .as("counts returned once")
                        .isEqualTo(Tally.NONE);
            }
        }
    }

    private Stamp enterAndDie() {
        try (Node registering = Node.onRedis(Tuning.OWN_HASHES, url, prefix, 1)) {
            get(registering.register(grant));
        }
        Backend.Opened dead = Backend.open(Tuning.OWN_HASHES, url, prefix);
        try {
            return get(dead.ports().enter(target(), new Order("ops", Start.AT_ONCE)))
                    .sweep()
                    .sweep();
        } finally {
            dead.close().run();
        }
    }

    private Target target() {
        return new Target.OfUser(grant.holder().user());
    }

    /** The first end is lost. */
    private void passOrLose(Buffer request, Relay.Connection connection, Consumer<Relay.Connection> loss) {
        String text = request.toString().toLowerCase(Locale.ROOT);
        if (text.contains("evalsha") && text.contains("\nended ") && lost.getAndIncrement() == 0) {
            loss.accept(connection);
        } else {
            connection.pass(request);
        }
    }
}
