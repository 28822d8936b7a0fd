package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.testing.Backend;
import io.revoker.testing.Gate;
import io.revoker.testing.Grants;
import io.revoker.testing.LastCommands;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A revocation at every point of a registration, one point at a time. */
class OvertakenRegistrationTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final String BEFORE_THE_GRANT = ":h:{corp/";
    /** More than a registration sends after its grant. */
    private static final int COMMANDS = 16;

    private static final String BEFORE_THE_MARKS_ARE_READ = ":{log}:m:";

    private final Vertx vertx = Vertx.vertx();
    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final Gate gate = Gate.open(vertx, url);
    private final Backend.Opened slow =
            Backend.open(Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10)), gate.url(), prefix);
    private final Backend.Opened direct = Backend.open(Tuning.DEFAULT, url, prefix);
    private final OnLoop store = direct.ports();
    private final Grant grant = Grants.pair(JOE);

    static List<Target> targets() {
        return Stream.concat(
                        Stream.of(
                                new Target.OfRealm(JOE.realm()),
                                new Target.OfUser(JOE.user()),
                                new Target.OfUserInRealm(JOE)),
                        Grants.selections(JOE))
                .toList();
    }

    OvertakenRegistrationTest() {
        Backend.askForPlace(slow.ports(), JOE);
    }

    @AfterEach
    void close() {
        slow.close().run();
        direct.close().run();
        get(vertx.close());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isBornAfterARevocationThatCameAndWentBeforeTheGrantWasWritten(Target target) {
        Future<Registration> registration = registerUntil(BEFORE_THE_GRANT);
        Stamp stamp = get(store.append(target));
        assertThat(Sweeping.sweep(store, target, stamp)).isEqualTo(Tally.NONE);

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(token()).satisfies(born -> {
            assertThat(born.state()).isEqualTo(Token.State.LIVE);
            assertThat(born.birth()).isEqualTo(stamp);
        });
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isLeftAloneByASweepThatBeganBeforeTheGrantWasWritten(Target target) {
        Future<Registration> registration = registerUntil(BEFORE_THE_GRANT);
        Stamp stamp = get(store.append(target));

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(Sweeping.sweep(store, target, stamp)).isEqualTo(Tally.NONE);
        assertThat(token().state()).isEqualTo(Token.State.LIVE);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void saysInvalidatedIfASweepTookTheGrantBeforeItWasAcknowledged(Target target) {
        Future<Registration> registration = registerUntil(BEFORE_THE_GRANT);
        get(store.append(target));
        gate.closeAt(BEFORE_THE_MARKS_ARE_READ);
        gate.pass();
        until("held again", gate::isHolding);
        Stamp stamp = get(store.append(target));
        assertThat(Sweeping.sweep(store, target, stamp)).isEqualTo(new Tally(2, 0));

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.INVALIDATED);
        assertThat(token().state()).isEqualTo(Token.State.INVALIDATED);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isBornAnewAfterEveryMarkThatOvertakesIt(Target target) {
        Future<Registration> registration = registerUntil(BEFORE_THE_GRANT);
        for (int round = 0; round < 5; round++) {
            get(store.append(target));
            gate.pass();
            until("held again", gate::isHolding);
        }
        Stamp last = get(store.append(target));

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(token().birth()).isEqualTo(last);
        assertThat(Sweeping.sweep(store, target, last)).isEqualTo(Tally.NONE);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void heedsNoMarkOfOthers(Target target) {
        Target other = target.match(
                one -> one,
                realm -> new Target.OfRealm(holder("lab", "eve").realm()),
                user -> new Target.OfUser(holder("lab", "eve").user()),
                user -> new Target.OfUserInRealm(holder("lab", "eve")),
                all -> all);
        Future<Registration> registration = registerUntil(BEFORE_THE_GRANT);
        Stamp mark = get(store.append(other));

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(token().birth()).isLessThan(mark);
    }

    /** Its sweep has passed the holder's bundle, so a grant that is written there is born after it. */
    @Test
    void isInvalidatedByALockThatCameAndWasSweptBeforeTheGrantWasWritten() {
        get(store.register(Grants.pair(JOE)));
        Future<Registration> registration = registerUntil(BEFORE_THE_GRANT);
        Stamp lock = lock(JOE.user());
        assertThat(Sweeping.sweep(store, new Target.OfUser(JOE.user()), lock)).isEqualTo(new Tally(2, 0));

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.INVALIDATED);
        assertThat(token().state()).isEqualTo(Token.State.INVALIDATED);
    }

    /** A mark of others makes it look at the marks and locks again: a lock after each of the next commands. */
    @Test
    void isBornBeforeALockThatOvertakesItAndMayBeKilledAtOnce() {
        for (int commands = 0; commands < COMMANDS; commands++) {
            UserInRealm holder = holder("corp", "joe-" + commands);
            Grant late = Grants.pair(holder);
            LastCommands way = LastCommands.to(vertx, gate.url());
            Backend.Opened stepping = Backend.open(Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10)), way.url(), prefix);
            Backend.askForPlace(stepping.ports(), holder);
            gate.closeAt(BEFORE_THE_GRANT);
            Future<Registration> registration = stepping.ports().register(late);
            until("held", gate::isHolding);
            get(store.append(new Target.OfUser(holder("lab", "eve").user())));
            way.allow(commands);
            gate.open();
            until("held or finished", () -> way.hasKeptSome() || registration.isComplete());

            Stamp lock = lock(holder.user());
            way.open();

            Token token =
                    get(registration.compose(done -> store.find(accessId(late)).map(found -> found.orElseThrow())));
            assertThat(token.birth()).as("after %d commands", commands).isLessThan(lock);
            if (registration.result().outcome() != Outcome.CREATED) {
                assertThat(registration.result().outcome()).isEqualTo(Outcome.INVALIDATED);
                assertThat(token.state()).isEqualTo(Token.State.INVALIDATED);
            }
            stepping.close().run();
        }
    }

    /** Whenever its mark comes: after each of the next commands. The token says that it was issued before. */
    @Test
    void isRefusedOrBornBeforeARevocationOfWhatWasIssuedBefore() {
        for (int commands = 0; commands < COMMANDS; commands++) {
            UserInRealm holder = holder("corp", "joe-" + commands);
            Grant late = Grants.earlier(Duration.ofHours(1), Grants.pair(holder));
            LastCommands way = LastCommands.to(vertx, gate.url());
            Backend.Opened stepping = Backend.open(Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10)), way.url(), prefix);
            Backend.askForPlace(stepping.ports(), holder);
            gate.closeAt(BEFORE_THE_GRANT);
            Future<Registration> registration = stepping.ports().register(late);
            until("held", gate::isHolding);
            get(store.append(new Target.OfUser(holder("lab", "eve").user())));
            way.allow(commands);
            gate.open();
            until("held or finished", () -> way.hasKeptSome() || registration.isComplete());

            Target early = new Target.IssuedBefore(
                    new Target.OfUser(holder.user()), Grants.now().minusSeconds(60));
            Tally swept = Sweeping.sweep(store, early, get(store.append(early)));
            way.open();

            Outcome outcome = get(registration).outcome();
            assertThat(get(store.find(accessId(late))).orElseThrow().state())
                    .as("after %d commands: %s, %s", commands, outcome, swept)
                    .isEqualTo(Token.State.INVALIDATED);
            assertThat(outcome == Outcome.CREATED ? swept : new Tally(2, 0)).isEqualTo(new Tally(2, 0));
            stepping.close().run();
        }
    }

    /** Its sweep has ended before the grant was written. */
    @ParameterizedTest
    @MethodSource("targets")
    void isDeadIfItWasIssuedBeforeAMarkThatCameAndWentBeforeTheGrantWasWritten(Target base) {
        Grant early = Grants.earlier(Duration.ofHours(1), Grants.pair(JOE));
        gate.closeAt(BEFORE_THE_GRANT);
        Future<Registration> registration = slow.ports().register(early);
        until("held", gate::isHolding);
        Target target = new Target.IssuedBefore(base, Grants.now().minusSeconds(60));
        assertThat(Sweeping.sweep(store, target, get(store.append(target)))).isEqualTo(Tally.NONE);

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.INVALIDATED);
        assertThat(get(store.find(accessId(early))).orElseThrow().state()).isEqualTo(Token.State.INVALIDATED);
    }

    static Stream<Arguments> halves() {
        return Grants.halves(JOE);
    }

    /** The sweep is about one token of the pair only, and has ended before the grant was written. */
    @ParameterizedTest
    @MethodSource("halves")
    void isDeadOnlyInPartIfAMarkThatCameAndWentIsAboutOneToken(Target base, TokenKind dead) {
        Grant early = Grants.signedBy("k1", Grants.earlier(Duration.ofHours(1), grant));
        gate.closeAt(BEFORE_THE_GRANT);
        Future<Registration> registration = slow.ports().register(early);
        until("held", gate::isHolding);
        Target target = new Target.IssuedBefore(base, Grants.now().minusSeconds(60));
        assertThat(Sweeping.sweep(store, target, get(store.append(target)))).isEqualTo(Tally.NONE);

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(state(early, dead)).isEqualTo(Token.State.INVALIDATED);
        assertThat(state(early, dead.other())).isEqualTo(Token.State.LIVE);
        assertThat(get(store.register(early)).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    /** Whenever the mark comes: after each of the next commands. It doesn't cover what was issued later in the test. */
    @ParameterizedTest
    @MethodSource("halves")
    void neverLosesATokenToAMarkThatIsAboutTheOtherOne(Target base, TokenKind dead) {
        Instant begin = Grants.now().minusSeconds(3600);
        for (int commands = 0; commands < COMMANDS; commands++) {
            Instant issuedAt = begin.plusSeconds(10L * commands);
            Grant early = Grants.signedBy("k1", Grants.issuedAt(issuedAt, Grants.pair(JOE)));
            LastCommands way = LastCommands.to(vertx, gate.url());
            Backend.Opened stepping = Backend.open(Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10)), way.url(), prefix);
            Backend.askForPlace(stepping.ports(), JOE);
            gate.closeAt(BEFORE_THE_GRANT);
            Future<Registration> registration = stepping.ports().register(early);
            until("held", gate::isHolding);
            get(store.append(new Target.OfUser(JOE.user())));
            way.allow(commands);
            gate.open();
            until("held or finished", () -> way.hasKeptSome() || registration.isComplete());

            Target target = new Target.IssuedBefore(base, issuedAt.plusSeconds(1));
            Tally swept = Sweeping.sweep(store, target, get(store.append(target)));
            way.open();

            assertThat(get(registration).outcome())
                    .as("after %d commands: %s", commands, swept)
                    .isEqualTo(Outcome.CREATED);
            assertThat(state(early, dead)).isEqualTo(Token.State.INVALIDATED);
            assertThat(state(early, dead.other())).isEqualTo(Token.State.LIVE);
            assertThat(get(store.register(early)).outcome()).isEqualTo(Outcome.UNCHANGED);
            stepping.close().run();
        }
    }

    /** Its sweep has passed before the grant was written. */
    @ParameterizedTest
    @MethodSource("halves")
    void losesNoTokenToALockOfTheOtherOneThatCameAndWasSweptBeforeTheGrantWasWritten(Target target, TokenKind dead) {
        Grant late = Grants.signedBy("k1", grant);
        gate.closeAt(BEFORE_THE_GRANT);
        Future<Registration> registration = slow.ports().register(late);
        until("held", gate::isHolding);
        assertThat(Sweeping.sweep(store, target, lock(target))).isEqualTo(Tally.NONE);

        gate.open();

        assertThat(get(registration).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(state(late, dead)).isEqualTo(Token.State.INVALIDATED);
        assertThat(state(late, dead.other())).isEqualTo(Token.State.LIVE);
    }

    /** Whenever the lock comes, and is swept: after each of the next commands. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void neverLosesATokenToALockOfTheOtherOne(int half) {
        for (int commands = 0; commands < COMMANDS; commands++) {
            UserInRealm holder = holder("corp-" + commands, "joe");
            Object[] one = Grants.halves(holder).toList().get(half).get();
            Target target = (Target) one[0];
            TokenKind dead = (TokenKind) one[1];
            Grant late = Grants.signedBy("k1", Grants.pair(holder));
            LastCommands way = LastCommands.to(vertx, gate.url());
            Backend.Opened stepping = Backend.open(Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10)), way.url(), prefix);
            Backend.askForPlace(stepping.ports(), holder);
            gate.closeAt(":h:{corp-" + commands + "/");
            Future<Registration> registration = stepping.ports().register(late);
            until("held", gate::isHolding);
            get(store.append(new Target.OfUser(holder("lab", "eve").user())));
            way.allow(commands);
            gate.open();
            until("held or finished", () -> way.hasKeptSome() || registration.isComplete());

            Sweeping.sweep(store, target, lock(target));
            way.open();

            assertThat(get(registration).outcome())
                    .as("after %d commands", commands)
                    .isEqualTo(Outcome.CREATED);
            assertThat(state(late, dead)).isEqualTo(Token.State.INVALIDATED);
            assertThat(state(late, dead.other())).isEqualTo(Token.State.LIVE);
            stepping.close().run();
        }
    }

    private Token.State state(Grant pair, TokenKind kind) {
        return get(store.find(Grants.id(pair, kind))).orElseThrow().state();
    }

    private Stamp lock(UserName user) {
        return lock(new Target.OfUser(user));
    }

    private Stamp lock(Target target) {
        Instant end = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        Order locking = new Order("ops", Start.AT_ONCE, Optional.empty(), Optional.of(end), Optional.empty());
        return get(store.enter(target, locking)).stamp();
    }

    private Future<Registration> registerUntil(String text) {
        gate.closeAt(text);
        Future<Registration> registration = slow.ports().register(grant);
        until("held", gate::isHolding);
        return registration;
    }

    private Token token() {
        return get(store.find(accessId(grant))).orElseThrow();
    }
}
