package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.LastCommands;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An instance that dies between any two commands of a registration, and another one that is sent the same, or something else, afterwards. */
class KilledRegistrationTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final UserInRealm EVE = holder("corp", "eve");
    private static final int MANY = 50;

    private final Vertx vertx = Vertx.vertx();
    private final String url = RedisServers.embedded().url();
    private final RedisClient redis = RedisClient.of(url);

    @AfterEach
    void close() {
        redis.close();
        get(vertx.close());
    }

    @Test
    void isCompletedByItsRepetition() {
        Grant pair = Grants.pair(JOE);

        killAfterEachCommand(pair, store -> {}, (store, prefix) -> {
            assertThat(register(store, pair)).isIn(Outcome.CREATED, Outcome.UNCHANGED);
            assertThat(records(prefix)).isEqualTo(3);
            assertThat(revokeJoe(store)).isEqualTo(new Tally(2, 0));
        });
    }

    @Test
    void isCompletedByItsRepetitionBesideARefreshTokenThatStays() {
        Grant first = Grants.pair(JOE);
        Grant second = rotated(first);

        killAfterEachCommand(second, store -> register(store, first), (store, prefix) -> {
            assertThat(register(store, second)).isIn(Outcome.CREATED, Outcome.UNCHANGED);
            assertThat(register(store, second)).isEqualTo(Outcome.UNCHANGED);
            assertThat(records(prefix)).isEqualTo(4);
            assertThat(get(store.find(accessId(second))).map(Token::state)).contains(Token.State.LIVE);
            assertThat(revokeJoe(store)).isEqualTo(new Tally(3, 0));
        });
    }

    @Test
    void holdsNothingThatItWasRefusedOnceItIsRepeated() {
        Grant lone = Grants.access(EVE);
        Grant refused = new Grant(JOE, lone.access(), Grants.refresh(JOE).refresh(), lone.facts());
        Grant rightful = new Grant(JOE, Grants.access(JOE).access(), refused.refresh(), lone.facts());

        killAfterEachCommand(refused, store -> register(store, lone), (store, prefix) -> {
            assertThat(register(store, refused)).isEqualTo(Outcome.CONFLICT);
            assertThat(records(prefix)).isEqualTo(1);
            assertThat(register(store, rightful)).isEqualTo(Outcome.CREATED);
            assertThat(get(store.find(refreshId(refused)))).isPresent();
        });
    }

    @Test
    void leavesAGrantAloneOfWhichOneTokenIsAnothersToday() {
        Grant pair = Grants.pair(JOE);
        String prefix = Backend.newPrefix();
        Backend.Opened opened = Backend.open(Tuning.DEFAULT, url, prefix);
        register(opened.ports(), pair);
        redis.call("DEL", prefix + ":t:" + accessId(pair).value().substring(0, 3));
        register(opened.ports(), new Grant(EVE, pair.access(), Optional.empty(), pair.facts()));

        assertThat(register(opened.ports(), pair)).isEqualTo(Outcome.CONFLICT);

        assertThat(get(opened.ports().find(refreshId(pair)))).isPresent();
        opened.close().run();
    }

    /** It stood still, and goes on when another one has done its work. */
    @Test
    void breaksNothingWhenItsInstanceGoesOnAfterAll() {
        Grant first = Grants.pair(JOE);
        Grant second = rotated(first);
        boolean finished = false;
        for (int commands = 0; !finished; commands++) {
            assertThat(commands).as("commands of a registration").isLessThan(MANY);
            String prefix = Backend.newPrefix();
            Backend.Opened another = Backend.open(Tuning.DEFAULT, url, prefix);
            register(another.ports(), first);
            Slow slow = Slow.open(vertx, url, prefix, commands);
            Future<Registration> registration = slow.begin(second);
            finished = !slow.way().hasKeptSome();

            register(another.ports(), second);
            slow.way().open();

            assertThat(get(registration).outcome()).isIn(Outcome.CREATED, Outcome.UNCHANGED);
            assertThat(records(prefix)).isEqualTo(4);
            assertThat(get(another.ports().find(accessId(second))).map(Token::state))
                    .contains(Token.State.LIVE);
            assertThat(revokeJoe(another.ports())).isEqualTo(new Tally(3, 0));
            slow.opened().close().run();
            another.close().run();
        }
    }

    /** An instance that comes to so many commands of its registration. */
    private record Slow(LastCommands way, Backend.Opened opened) {
        static Slow open(Vertx vertx, String url, String prefix, int commands) {
            LastCommands way = LastCommands.to(vertx, url);
            Backend.Opened opened = Backend.open(Tuning.DEFAULT.heartbeat(Duration.ofMinutes(10)), way.url(), prefix);
            way.allow(commands);
            return new Slow(way, opened);
        }

        Future<Registration> begin(Grant grant) {
            Future<Registration> registration = opened.ports().register(grant);
            until("held or finished", () -> way.hasKeptSome() || registration.isComplete());
            return registration;
        }
    }

    private interface Before {
        void prepare(OnLoop store);
    }

    private interface Then {
        void verify(OnLoop another, String prefix);
    }

    private void killAfterEachCommand(Grant grant, Before before, Then then) {
        boolean finished = false;
        for (int commands = 0; !finished; commands++) {
            assertThat(commands).as("commands of a registration").isLessThan(MANY);
            String prefix = Backend.newPrefix();
            Backend.Opened another = Backend.open(Tuning.DEFAULT, url, prefix);
            before.prepare(another.ports());
            finished = registerWith(grant, prefix, commands);
            then.verify(another.ports(), prefix);
            another.close().run();
        }
    }

    /** Whether it needed no more commands. */
    private boolean registerWith(Grant grant, String prefix, int commands) {
        Slow killed = Slow.open(vertx, url, prefix, commands);
        killed.begin(grant).onFailure(dead -> {});
        boolean finished = !killed.way().hasKeptSome();
        killed.opened().close().run();
        return finished;
    }

    private static Grant rotated(Grant pair) {
        Grant access = Grants.access(JOE);
        return new Grant(JOE, access.access(), pair.refresh(), access.facts());
    }

    private static Outcome register(OnLoop store, Grant grant) {
        return get(store.register(grant)).outcome();
    }

    private static Tally revokeJoe(OnLoop store) {
        Target joe = new Target.OfUser(JOE.user());
        return Sweeping.sweep(store, joe, get(store.append(joe)));
    }

    /** Those of tokens, and an entry for each pair. */
    private long records(String prefix) {
        return redis.keys(prefix + ":t:").stream()
                .mapToLong(hash -> redis.number("HLEN", hash))
                .sum();
    }
}
