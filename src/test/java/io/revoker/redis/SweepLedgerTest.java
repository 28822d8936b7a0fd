package io.revoker.redis;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.Stamp;
import io.revoker.domain.SweepLedger;
import io.revoker.domain.SweepStatus;
import io.revoker.domain.SweepStatus.Progress;
import io.revoker.domain.SweepStatus.State;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.testing.Backend;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The ledger promises that no sweep is left unfinished, and that nothing of it is kept for longer than an hour. */
@ParameterizedClass
@MethodSource("io.revoker.testing.RedisServers#all")
class SweepLedgerTest {
    private static final Target REALM = new Target.OfRealm(new RealmId("corp"));
    private static final Progress SOME = new Progress(3, 7, new Tally(5, 1), 2);

    private final Vertx vertx = Vertx.vertx();
    private final String prefix = Backend.newPrefix();
    private final RedisClient redis;
    private final io.vertx.core.Context context = vertx.getOrCreateContext();
    private final RedisBackend.Ports ports;

    SweepLedgerTest(RedisServers.Server server) {
        redis = RedisClient.of(server.url());
        ports = get(OnLoop.on(
                context,
                () -> Tuning.DEFAULT.backend(vertx, server.url(), prefix).open()));
    }

    @AfterEach
    void close() {
        redis.close();
        get(vertx.close());
    }

    @Test
    void entersASweepWithItsMarkAndGivesItToNobodyElseAtFirst() {
        Stamp sweep = append();

        assertThat(found(ledger -> ledger.find(sweep)))
                .hasValueSatisfying(status -> assertThat(status)
                        .isEqualTo(SweepStatus.begun(sweep, REALM).at(State.RUNNING, Progress.NONE, status.updated())));
        assertThat(found(SweepLedger::claim)).isEmpty();
    }

    @Test
    void givesASweepToAnotherWhenItsLeaseIsOverAndOnlyThen() {
        Stamp sweep = append();

        until(
                "claimed",
                () -> ask(SweepLedger::claim)
                        .filter(status -> status.sweep().equals(sweep))
                        .isPresent());
        assertThat(found(SweepLedger::claim)).isEmpty();
    }

    @Test
    void givesASweepToAnotherAtOnceWhenItIsReleased() {
        Stamp sweep = append();

        ask(ledger -> ledger.release(sweep));

        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(sweep);
    }

    @Test
    void writesProgressDown() {
        SweepStatus status = running(append());

        assertThat(did(ledger -> ledger.renew(status))).isTrue();

        assertThat(found(ledger -> ledger.find(status.sweep()))).contains(status);
        assertThat(listed()).containsExactly(status);
    }

    @Test
    void endsASweepOnce() {
        SweepStatus running = running(append());
        SweepStatus ended = running.at(State.ENDED, SOME, running.updated());

        assertThat(did(ledger -> ledger.end(ended))).isTrue();
        assertThat(did(ledger -> ledger.end(ended.at(State.STOPPED, SOME, ended.updated()))))
                .isFalse();
        assertThat(did(ledger -> ledger.renew(running))).isFalse();
        assertThat(found(ledger -> ledger.find(running.sweep()))).contains(ended);
        ask(ledger -> ledger.release(running.sweep()));
        assertThat(found(SweepLedger::claim)).isEmpty();
    }

    @Test
    void correctsWhatItKeepsOfAStoppedSweepAndTellsWhatThatWas() {
        SweepStatus stopped = running(append()).at(State.STOPPED, Progress.NONE, Instant.EPOCH);
        ask(ledger -> ledger.end(stopped));
        SweepStatus correct = stopped.at(State.STOPPED, SOME, Instant.EPOCH);

        assertThat(found(ledger -> ledger.amend(correct))).contains(stopped);

        assertThat(found(ledger -> ledger.find(stopped.sweep()))).contains(correct);
    }

    @Test
    void correctsNothingThatItDoesNotKeep() {
        SweepStatus running = running(append());

        assertThat(found(ledger -> ledger.amend(running))).isEmpty();

        assertThat(found(ledger -> ledger.find(running.sweep())))
                .map(SweepStatus::progress)
                .contains(Progress.NONE);
    }

    @Test
    void forgetsASweepThatNobodyWillAskFor() {
        Stamp sweep = append();

        assertThat(did(ledger -> ledger.forget(sweep))).isTrue();

        assertThat(did(ledger -> ledger.forget(sweep))).isFalse();
        assertThat(found(ledger -> ledger.find(sweep))).isEmpty();
    }

    @Test
    void dropsWhatEndedMoreThanAnHourAgoWithoutAnotherSweep() {
        SweepStatus running = running(append());
        ask(ledger -> ledger.end(running.at(State.ENDED, SOME, running.updated())));
        redis.call(
                "ZADD",
                prefix + ":{log}:ended",
                String.valueOf(running.updated().getEpochSecond() - 3601),
                running.sweep().toString());

        ask(SweepLedger::claim);

        assertThat(listed()).isEmpty();
    }

    @Test
    void keepsAThousandEndedOnesAtMost() {
        IntStream.range(0, 1010).forEach(i -> {
            SweepStatus running = running(append());
            ask(ledger -> ledger.end(running.at(State.ENDED, SOME, running.updated())));
        });

        ask(SweepLedger::claim);

        assertThat(listed()).hasSize(1000);
    }

    private Stamp append() {
        return get(OnLoop.on(context, () -> ports.log().append(REALM)));
    }

    private static SweepStatus running(Stamp sweep) {
        return SweepStatus.begun(sweep, REALM).at(State.RUNNING, SOME, sweep.instant());
    }

    private boolean did(Function<SweepLedger, Future<Boolean>> question) {
        return ask(question);
    }

    private Optional<SweepStatus> found(Function<SweepLedger, Future<Optional<SweepStatus>>> question) {
        return ask(question);
    }

    private List<SweepStatus> listed() {
        return ask(SweepLedger::list);
    }

    private <T> T ask(Function<SweepLedger, Future<T>> question) {
        return get(OnLoop.on(context, () -> question.apply(ports.ledger())));
    }
}
