package io.revoker.redis.log;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepLedger.Before;
import io.revoker.domain.store.SweepLedger.Delivery;
import io.revoker.domain.store.SweepLedger.End;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.redis.RedisBackend;
import io.revoker.testing.Backend;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
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
        get(OnLoop.on(context, () -> ports.connection().close()));
        get(vertx.close());
    }

    @Test
    void entersASweepWithItsMarkAndGivesItToNobodyElseAtFirst() {
        Stamp sweep = append();

        assertThat(found(ledger -> ledger.find(sweep)))
                .hasValueSatisfying(status -> assertThat(status)
                        .returns(REALM, SweepStatus::target)
                        .returns(State.RUNNING, SweepStatus::state)
                        .returns(Progress.NONE, SweepStatus::progress)
                        .returns(sweep.instant(), SweepStatus::started));
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

        assertThat(ended(ended)).isTrue();
        assertThat(ended(ended.at(State.STOPPED, SOME, ended.updated()))).isFalse();
        assertThat(did(ledger -> ledger.renew(running))).isFalse();
        assertThat(found(ledger -> ledger.find(running.sweep()))).contains(ended);
        ask(ledger -> ledger.release(running.sweep()));
        assertThat(found(SweepLedger::claim)).isEmpty();
    }

    @Test
    void endsASweepWhoseLeaseRedisHasForgotten() {
        SweepStatus running = running(append());
        SweepStatus ended = running.at(State.ENDED, SOME, running.updated());
        forgetLeases();

        assertThat(ended(ended)).isTrue();

        assertThat(found(ledger -> ledger.find(running.sweep()))).contains(ended);
        assertThat(ended(ended)).isFalse();
    }

    @Test
    void renewsALeaseThatRedisHasForgotten() {
        SweepStatus running = running(append());
        forgetLeases();

        assertThat(did(ledger -> ledger.renew(running))).isTrue();

        assertThat(listed()).containsExactly(running);
    }

    /** Its instance may have died meanwhile, and all others of the target would wait for it. */
    @Test
    void givesASweepWhoseLeaseRedisHasForgottenToWhoeverHasRoomWhenItsTargetIsRevokedAgain() {
        Stamp forgotten = append();
        forgetLeases();

        Stamp next = append();

        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(forgotten);
        ended(running(forgotten).at(State.ENDED, SOME, Instant.EPOCH));
        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(next);
    }

    @Test
    void letsGoTheOneThatWaitsThoughRedisHasForgottenAllLeases() {
        SweepStatus first = running(append());
        Stamp next = append();
        forgetLeases();

        ended(first.at(State.ENDED, SOME, first.updated()));

        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(next);
    }

    @Test
    void correctsWhatItKeepsOfAStoppedSweepAndTellsWhatThatWas() {
        SweepStatus stopped = running(append()).at(State.STOPPED, Progress.NONE, Instant.EPOCH);
        ended(stopped);
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
    void letsASecondSweepOfTheSameTargetWaitForTheFirst() {
        Stamp first = append();

        Entered second = enter(REALM, Start.AT_ONCE);

        assertThat(second.joined()).containsExactly(first);
        assertThat(second.sweep().state()).isEqualTo(State.WAITING);
        assertThat(enter(new Target.OfRealm(new RealmId("lab")), Start.AT_ONCE).joined())
                .isEmpty();
        assertThat(found(SweepLedger::claim)).isEmpty();
        assertThat(end(first, Delivery.CALLER).left()).isEqualTo(1);
        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(second.stamp());
    }

    @Test
    void putsTheYoungestInThePlaceOfTheOneThatWaits() {
        Stamp first = append();
        Stamp second = enter(REALM, Start.AT_ONCE).stamp();

        Entered third = enter(REALM, Start.AT_ONCE);

        assertThat(third.joined()).containsExactly(first);
        assertThat(found(ledger -> ledger.find(second)))
                .hasValueSatisfying(status -> assertThat(status)
                        .returns(State.JOINED, SweepStatus::state)
                        .returns(Optional.of(third.stamp()), SweepStatus::by));
        assertThat(end(first, Delivery.CALLER).left()).isEqualTo(1);
        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(third.stamp());
        assertThat(found(SweepLedger::claim)).isEmpty();
    }

    @Test
    void givesASweepThatNobodyHadRoomForToWhoeverHas() {
        SweepStatus waiting = enter(REALM, Start.LATER).sweep();

        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(waiting.sweep());
        assertThat(found(ledger -> ledger.find(waiting.sweep())))
                .map(SweepStatus::state)
                .contains(State.RUNNING);
        assertThat(found(SweepLedger::claim)).isEmpty();
    }

    @Test
    void holdsOneOfATargetThatWaitsForRoom() {
        Stamp first = enter(REALM, Start.LATER).stamp();

        Entered second = enter(REALM, Start.LATER);

        assertThat(second.joined()).isEmpty();
        assertThat(found(ledger -> ledger.find(first))).map(SweepStatus::state).contains(State.JOINED);
        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(second.stamp());
        assertThat(found(SweepLedger::claim)).isEmpty();
    }

    @Test
    void joinsWhatHasEndedUnheardAndNothingThatWasHeard() {
        Stamp unheard = append();
        end(unheard, Delivery.NEXT_CALLER);

        Entered next = enter(REALM, Start.AT_ONCE);

        assertThat(next.joined()).containsExactly(unheard);
        assertThat(next.sweep().state()).isEqualTo(State.RUNNING);
        ask(ledger -> ledger.markDelivered(REALM, next.joined()));
        end(next.stamp(), Delivery.CALLER);
        assertThat(enter(REALM, Start.AT_ONCE).joined()).isEmpty();
    }

    @Test
    void joinsWhatHasEndedUnheardAfterAnotherHadJoinedIt() {
        Stamp unheard = append();
        Stamp second = enter(REALM, Start.AT_ONCE).stamp();
        end(unheard, Delivery.NEXT_CALLER);
        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(second);

        assertThat(enter(REALM, Start.AT_ONCE).joined()).containsExactly(unheard, second);
    }

    @Test
    void joinsWhatEndedAfterItsWaiterHadGone() {
        Stamp first = append();
        ask(ledger -> ledger.markUndelivered(first));
        end(first, Delivery.ANYONE);

        assertThat(enter(REALM, Start.AT_ONCE).joined()).containsExactly(first);
    }

    @Test
    void joinsWhatEndedJustBeforeItsWaiterWent() {
        Stamp first = append();
        end(first, Delivery.CALLER);
        ask(ledger -> ledger.markUndelivered(first));

        Entered next = enter(REALM, Start.AT_ONCE);

        assertThat(next.joined()).containsExactly(first);
        ask(ledger -> ledger.markDelivered(REALM, next.joined()));
        end(next.stamp(), Delivery.CALLER);
        assertThat(enter(REALM, Start.AT_ONCE).joined()).isEmpty();
    }

    @Test
    void joinsAllThatEndedAfterTheirWaiterHadGone() {
        Stamp first = append();
        Stamp second = enter(REALM, Start.AT_ONCE).stamp();
        ask(ledger -> ledger.markUndelivered(first));
        ask(ledger -> ledger.markUndelivered(second));
        end(first, Delivery.CALLER);
        end(second, Delivery.ANYONE);

        assertThat(enter(REALM, Start.AT_ONCE).joined()).containsExactly(first, second);
    }

    @Test
    void joinsHoweverManyEndedUnheardInARow() {
        List<Stamp> unheard = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Entered entered = enter(REALM, Start.AT_ONCE);
            assertThat(entered.joined()).isEqualTo(unheard);
            unheard.add(entered.stamp());
            end(entered.stamp(), Delivery.NEXT_CALLER);
        }

        assertThat(enter(REALM, Start.AT_ONCE).joined()).isEqualTo(unheard);
    }

    /** With its own. */
    @Test
    void keepsNoMoreThanAHundredOfATarget() {
        for (int i = 0; i < 110; i++) {
            end(append(), Delivery.NEXT_CALLER);
        }

        assertThat(enter(REALM, Start.AT_ONCE).joined()).hasSize(99);
    }

    @Test
    void keepsWhatEndedUnheardUntilACallerHasHeardOfIt() {
        Stamp first = append();
        end(first, Delivery.NEXT_CALLER);
        Stamp whoseCallerDidNotWait = append();
        end(whoseCallerDidNotWait, Delivery.ANYONE);
        Stamp second = append();
        end(second, Delivery.NEXT_CALLER);
        Entered next = enter(REALM, Start.AT_ONCE);
        assertThat(next.joined()).containsExactly(first, second);

        ask(ledger -> ledger.markDelivered(REALM, next.joined()));
        end(next.stamp(), Delivery.CALLER);

        assertThat(enter(REALM, Start.AT_ONCE).joined()).isEmpty();
    }

    @Test
    void joinsWhatRunsAfterAllThatEndedUnheard() {
        Stamp first = append();
        end(first, Delivery.NEXT_CALLER);
        Stamp second = append();
        end(second, Delivery.NEXT_CALLER);
        Stamp running = append();
        Stamp waiting = enter(REALM, Start.AT_ONCE).stamp();

        Entered next = enter(REALM, Start.AT_ONCE);

        assertThat(next.joined()).containsExactly(first, second, running);
        assertThat(found(ledger -> ledger.find(waiting)))
                .map(SweepStatus::state)
                .contains(State.JOINED);
        assertThat(end(running, Delivery.CALLER).left()).isEqualTo(1);
        assertThat(found(SweepLedger::claim)).map(SweepStatus::sweep).contains(next.stamp());
    }

    /** They read a stamp and perhaps another one, and nothing else: of what they can't read they let no sweep go that waits. */
    @Test
    void leavesTheTwoThatAreNotOverReadableToInstancesOfTheVersionBefore() {
        Stamp unheard = append();
        end(unheard, Delivery.NEXT_CALLER);
        Stamp running = append();
        Stamp waiting = enter(REALM, Start.AT_ONCE).stamp();

        assertThat(redis.call("HGET", prefix + ":{log}:targets", "realm/corp")).isEqualTo(waiting + " " + running);

        Stamp younger = new Stamp(waiting.micros() + 1);
        redis.call("HSET", prefix + ":{log}:targets", "realm/corp", younger + " " + running);
        assertThat(enter(REALM, Start.AT_ONCE).joined())
                .as("after one of theirs")
                .containsExactly(unheard, running);
    }

    @Test
    void keepsNothingOfAWaiterThatHasGoneForASweepThatAnotherOneTakesThePlaceOf() {
        append();
        Stamp second = enter(REALM, Start.AT_ONCE).stamp();
        ask(ledger -> ledger.markUndelivered(second));
        enter(REALM, Start.AT_ONCE);

        assertThat(redis.call("HEXISTS", prefix + ":{log}:sweeps", "!" + second))
                .isEqualTo("0");
    }

    @Test
    void keepsTheRunningOneJoinableWhenTheOneThatWaitsIsStopped() {
        Stamp first = append();
        end(enter(REALM, Start.AT_ONCE).stamp(), Delivery.ANYONE);

        assertThat(enter(REALM, Start.AT_ONCE).joined()).containsExactly(first);
    }

    @Test
    void forgetsTheTargetsOfWhatItDrops() {
        for (int i = 0; i < 4; i++) {
            Stamp unheard = append();
            end(unheard, Delivery.NEXT_CALLER);
            redis.call("ZADD", prefix + ":{log}:ended", "1", unheard.toString());
        }

        ask(SweepLedger::claim);

        assertThat(redis.keys(prefix + ":{log}:targets")).isEmpty();
    }

    @Test
    void tellsWhoAskedAndWhen() {
        Entered entered =
                get(OnLoop.on(context, () -> ports.log().enter(REALM, new Order("ops team/%", Start.AT_ONCE))));

        assertThat(found(ledger -> ledger.find(entered.stamp())))
                .hasValueSatisfying(status -> assertThat(status)
                        .returns("ops team/%", SweepStatus::caller)
                        .returns(entered.sweep().started(), SweepStatus::started));
    }

    @Test
    void readsTheSweepsOfEarlierVersions() {
        redis.call("HSET", prefix + ":{log}:sweeps", "1795363200000000", "RUNNING realm/corp 1795363200000");

        assertThat(found(ledger -> ledger.find(new Stamp(1795363200000000L))))
                .contains(SweepStatus.begun(new Stamp(1795363200000000L), REALM));
    }

    @Test
    void dropsWhatEndedMoreThanAnHourAgoWithoutAnotherSweep() {
        SweepStatus running = running(append());
        ended(running.at(State.ENDED, SOME, running.updated()));
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
            ended(running.at(State.ENDED, SOME, running.updated()));
        });

        ask(SweepLedger::claim);

        assertThat(listed()).hasSize(1000);
    }

    @Test
    void letsNoStreamOfShortOnesPushTheOthersOut() {
        Stamp lasting = append();
        end(lasting, Delivery.ANYONE);

        IntStream.range(0, 1010).forEach(i -> end(append(), Delivery.CALLER));

        assertThat(listed()).hasSize(1001).extracting(SweepStatus::sweep).contains(lasting);
    }

    /** Who waits for it on another instance asks for it a moment later. */
    @Test
    void keepsWhatEndedJustNowHoweverManyThereAre() {
        Stamp waitedFor = append();
        end(waitedFor, Delivery.CALLER);
        IntStream.range(0, 1010).forEach(i -> end(append(), Delivery.CALLER));
        ask(SweepLedger::claim);
        assertThat(found(ledger -> ledger.find(waitedFor)))
                .map(SweepStatus::state)
                .contains(State.ENDED);

        String earlier = String.valueOf(Instant.now().getEpochSecond() - 60);
        for (Object sweep : (List<?>) redis.call("ZRANGE", prefix + ":{log}:told", "0", "-1")) {
            redis.call("ZADD", prefix + ":{log}:told", earlier, (String) sweep);
        }
        ask(SweepLedger::claim);

        assertThat(redis.number("ZCARD", prefix + ":{log}:told")).isEqualTo(1000);
        assertThat(redis.number("HLEN", prefix + ":{log}:sweeps")).isEqualTo(1000);
    }

    @Test
    void saysHowFarASweepHadComeWhenItWasEnded() {
        Stamp running = enter(REALM, Start.AT_ONCE).stamp();
        Stamp waiting = enter(REALM, Start.LATER).stamp();

        assertThat(end(waiting, Delivery.ANYONE).before()).isEqualTo(Before.WAITING);
        assertThat(end(running, Delivery.ANYONE).before()).isEqualTo(Before.RUNNING);
        assertThat(end(running, Delivery.ANYONE).before()).isEqualTo(Before.CLOSED);
    }

    private Entered enter(Target target, Start start) {
        return get(OnLoop.on(context, () -> ports.log().enter(target, new Order("", start))));
    }

    private End end(Stamp sweep, Delivery delivery) {
        SweepStatus running = running(sweep);
        return ask(ledger -> ledger.end(running.at(State.ENDED, SOME, Instant.now()), delivery));
    }

    private boolean ended(SweepStatus status) {
        return ask(ledger -> ledger.end(status, Delivery.ANYONE)).wasOpen();
    }

    private void forgetLeases() {
        assertThat(redis.call("DEL", prefix + ":{log}:leases")).isEqualTo("1");
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
