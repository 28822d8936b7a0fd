package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Target.OneToken;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.SingleRevocations.Revoked;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A single token is invalidated, and written to the log, by one script, where one server has all keys. */
class OneStepTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final int COUNT = 20;

    private final String prefix = Backend.newPrefix();
    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient redis = server.client();
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, server.url(), prefix);
    private final OnLoop store = opened.ports();

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
        server.close();
    }

    @Test
    void takesOneReadAndTogetherOneCallOfWhichRedisDoesTheUpkeepOnce() {
        List<Grant> grants = IntStream.range(0, COUNT)
                .mapToObj(i -> registered(Grants.pair(holder("corp", "user-" + i))))
                .toList();
        redis.call("CONFIG", "RESETSTAT");

        List<Optional<Revoked>> done = get(OnLoop.on(
                store.context(),
                () -> Future.all(grants.stream()
                                .map(grant -> revoke(target(grant, Extent.TOKEN)))
                                .toList())
                        .map(all -> all.<Optional<Revoked>>list())));

        assertThat(Stream.of("hget", "hmget", "evalsha", "xtrim", "hdel")
                        .map(command -> command + ' ' + redis.calls(command)))
                .containsExactly("hget " + COUNT, "hmget " + COUNT, "evalsha 1", "xtrim 1", "hdel 1");
        assertThat(done).allSatisfy(one -> assertThat(one.orElseThrow().tally()).isEqualTo(new Tally(1, 0)));
        assertThat(grants).allSatisfy(grant -> assertThat(find(grant).state()).isEqualTo(Token.State.INVALIDATED));
        assertThat(logged())
                .isEqualTo(IntStream.range(0, COUNT)
                        .mapToObj(i -> new Revocation(
                                done.get(i).orElseThrow().stamp(),
                                target(grants.get(i), Extent.TOKEN),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Revocation.Registered.of(find(grants.get(i))))))
                        .toList());
    }

    @Test
    void countsAsTheStepsDo() {
        Grant pair = registered(Grants.pair(JOE));

        assertThat(tally(target(pair, Extent.TOKEN))).isEqualTo(new Tally(1, 0));
        assertThat(tally(target(pair, Extent.GRANT))).isEqualTo(new Tally(1, 1));
        assertThat(tally(target(pair, Extent.GRANT))).isEqualTo(new Tally(0, 2));
    }

    @Test
    void countsWhatASweepHasInvalidated() {
        Grant pair = registered(Grants.pair(JOE));
        Target joe = new Target.OfUser(JOE.user());
        Sweeping.sweep(store, joe, get(store.append(joe)));

        assertThat(tally(target(pair, Extent.GRANT))).isEqualTo(new Tally(0, 2));
    }

    @Test
    void answersTheExpiryThatTheLogSaysWhichIsThatOfTheGrant() {
        Grant pair = registered(Grants.pair(JOE));
        redis.call(
                "EVAL",
                "for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do local state = redis.call('HGET', KEYS[1], id) "
                        + "local expiry = struct.unpack('>I4', state, 14) + 60 redis.call('HSET', KEYS[1], id, "
                        + "string.sub(state, 1, 13) .. struct.pack('>I4', expiry) .. string.sub(state, 18)) end",
                "1",
                redis.keys(prefix + ":h:{corp/").get(0));

        Revoked done = get(OnLoop.on(store.context(), () -> revoke(target(pair, Extent.TOKEN))))
                .orElseThrow();

        assertThat(done.expiresAt())
                .isEqualTo(find(pair).expiresAt())
                .isEqualTo(logged().get(0).registered().orElseThrow().expiresAt())
                .isEqualTo(pair.access().orElseThrow().expiresAt().plusSeconds(60));
    }

    @Test
    void worksWhenTheMemoryIsFull() {
        Grant pair = registered(Grants.pair(JOE));
        redis.call("CONFIG", "SET", "maxmemory", "1");

        assertThat(tally(target(pair, Extent.TOKEN))).isEqualTo(new Tally(1, 0));
        assertThat(logged()).hasSize(1);
    }

    @Test
    void saysWhatWasCountedWhenTheLogCannotBeWritten() {
        Grant pair = registered(Grants.pair(JOE));
        redis.call("ACL", "SETUSER", "default", "-xadd");

        assertThatThrownBy(() -> tally(target(pair, Extent.GRANT))).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.done()).isEqualTo(new Tally(2, 0));
            assertThat(problem.text()).startsWith("Redis: ");
        });
        assertThat(find(pair).state()).isEqualTo(Token.State.INVALIDATED);
    }

    /** Of a grant, and of the newest sweep of its bundle; its own are the first four bytes of an expiry to come. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "~~~~\u00070000000",
                "~~~~\u000700000000",
                "~~~~~\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
            })
    void doesNothingToADamagedGrant(String state) {
        Grant pair = registered(Grants.pair(JOE));
        Token found = find(pair);
        String bundle = redis.keys(prefix + ":h:{corp/").get(0);
        redis.call(
                "EVAL",
                "for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do redis.call('HSET', KEYS[1], id, ARGV[1]) end",
                "1",
                bundle,
                state);

        doesNothing(pair, found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "later", "~~~~00000000"})
    void doesNothingBesideADamagedSweep(String sweep) {
        Grant pair = registered(Grants.pair(JOE));
        Token found = find(pair);
        redis.call("HSET", redis.keys(prefix + ":h:{corp/").get(0), "", sweep);

        doesNothing(pair, found);
    }

    @Test
    void doesNothingWithoutAGrant() {
        Grant pair = registered(Grants.pair(JOE));
        redis.call("DEL", redis.keys(prefix + ":h:{corp/").get(0));

        doesNothing(pair);
    }

    /** Nor does the script that invalidates without an entry in the log. */
    private void doesNothing(Grant pair, Token found) {
        doesNothing(pair);
        assertThatThrownBy(() -> get(store.invalidate(found, Extent.GRANT)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("damaged");
    }

    private void doesNothing(Grant pair) {
        assertThat(get(OnLoop.on(store.context(), () -> revoke(target(pair, Extent.GRANT)))))
                .isEmpty();
        assertThat(logged()).isEmpty();
    }

    private Grant registered(Grant grant) {
        get(store.register(grant));
        return grant;
    }

    private static OneToken target(Grant grant, Extent extent) {
        return new OneToken(TokenKind.ACCESS, accessId(grant), extent);
    }

    private Tally tally(OneToken target) {
        return get(OnLoop.on(store.context(), () -> revoke(target)))
                .orElseThrow()
                .tally();
    }

    private Future<Optional<Revoked>> revoke(OneToken target) {
        return store.store()
                .singles()
                .prepare(target)
                .compose(known -> known.orElseThrow().step().take(Optional.empty(), Optional.empty()));
    }

    private List<Revocation> logged() {
        return get(store.after(Stamp.NONE)).revocations();
    }

    private Token find(Grant grant) {
        return get(store.find(accessId(grant))).orElseThrow();
    }
}
