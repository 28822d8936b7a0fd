package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.testing.AroundStore;
import io.revoker.testing.Grants;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.Node;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The first page of a user's realms is asked for together with the mark. */
class FirstPageTest {
    private static final LocalSweeps HERE = new LocalSweeps(Duration.ofSeconds(1));
    private static final Grant GRANT = Grants.access(holder("corp", "joe"));
    private static final Target USER = new Target.OfUser(GRANT.holder().user());

    private final MemoryStore model = new MemoryStore(InstantSource.system());
    private final AtomicLong incarnation = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();

    /** A replica that has become the primary may have more than the one that was asked. */
    @Test
    void isReadAnewIfAServerHasTakenOverMeanwhile() {
        try (Node node = Node.onMemory(model, replacedWhenAsked())) {
            get(node.register(GRANT));

            assertThat(get(node.revoke(USER)).tally()).isEqualTo(new Tally(1, 0));
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void isNotAskedForIfThereIsNoRoomForTheMark() {
        Vertx vertx = Vertx.vertx();
        Context context = vertx.getOrCreateContext();
        TokenStore store = replacedWhenAsked();
        SweepMeters meters = new WorkMeters(new SimpleMeterRegistry()).sweeps();
        SweepContext tools = new SweepContext(store, store, () -> Node.LIMITS, context, meters, InstantSource.system());

        Problem refused = problem(OnLoop.on(
                context,
                () -> new Sweeps(tools, new LogWriter(model, model, 0), model, HERE)
                        .sweep(USER, new Order("ops", Start.AT_ONCE))));

        assertThat(refused.text()).contains("raise log.max-marks");
        assertThat(asked).hasValue(0);
        get(vertx.close());
    }

    /** A store that another one takes the place of as soon as it is asked for a first page, which is empty there. */
    private TokenStore replacedWhenAsked() {
        return AroundStore.of(model, (method, real) -> switch (method) {
            case "incarnation" -> incarnation.get();
            case "pageAfter" -> {
                asked.incrementAndGet();
                incarnation.incrementAndGet();
                yield Future.succeededFuture(new Page(List.of(), Optional.empty()));
            }
            default -> real.get();
        });
    }
}
