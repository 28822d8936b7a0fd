package io.revoker.http.revocations;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.RevokerBus;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Reserved;
import io.revoker.domain.store.AnswerStore.State;
import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a key belongs to those who have reserved it. */
class LeaseTest {
    /** More than a busy machine stands still. */
    private static final Duration SHORT = Duration.ofSeconds(6);

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final RevokerBus bus = new RevokerBus(service.vertx(), Waiting.PATIENCE);
    private final String caller = Api.fresh("caller");
    private final Reserve mine = new Reserve(caller, "k", "request", "me", SHORT);
    private final Reserve others = new Reserve(caller, "k", "request", "another", Reserve.LEASE);

    @Test
    void goesOnUntilThereIsAnAnswer() {
        Lease lease = new Lease(bus, service.vertx(), mine, get(bus.reserveAnswer(mine)));
        Instant end = lease.end().orElseThrow();

        until("it was renewed for longer than it lasts", () -> {
            assertThat(get(bus.reserveAnswer(others)).state()).isEqualTo(State.UNDER_WAY);
            return lease.end().orElseThrow().isAfter(end.plus(SHORT).plusSeconds(2));
        });
        get(lease.settle(Optional.of("{}")));

        assertThat(get(bus.reserveAnswer(others)).answer()).contains("{}");
    }

    @Test
    void endsWithoutAnAnswer() {
        Lease lease = new Lease(bus, service.vertx(), mine, get(bus.reserveAnswer(mine)));

        get(lease.settle(Optional.empty()));

        assertThat(get(bus.reserveAnswer(others)).state()).isEqualTo(State.NEW);
    }

    /** What the first owner does later must have no effect: it is not its key any more. */
    @Test
    void isOfAnotherOnceItHasEnded() {
        Reserved first = get(bus.reserveAnswer(mine));
        until("free", () -> get(bus.reserveAnswer(others)).state() == State.NEW);

        Lease late = new Lease(bus, service.vertx(), mine, first);
        get(late.settle(Optional.of("{}")));

        assertThat(get(bus.reserveAnswer(mine)).state()).isEqualTo(State.UNDER_WAY);
        assertThat(late.end()).isEqualTo(first.notAfter());
    }
}
