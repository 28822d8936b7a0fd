package io.revoker.revocation.jwt;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Target.OneJwt;
import io.revoker.domain.Token;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Sent;
import io.revoker.feed.MarkView;
import io.revoker.revocation.unlogged.UnloggedTokens;
import io.revoker.testing.AroundStore;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A JWT that is registered gets its tombstone, but can't be invalidated, or the reverse: in a Cluster another server
 * does that.
 */
class HalfDoneRevocationTest {
    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient redis = server.client();
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, server.url(), Backend.newPrefix());
    private final OnLoop ports = opened.ports();
    private final Grant grant = Grants.access(holder("corp", "joe"));
    private final OneJwt target =
            new OneJwt(grant.holder().realm(), accessId(grant), Instant.now().plus(Grants.LIFE));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final AtomicInteger entries = new AtomicInteger();
    private volatile Optional<Problem> logProblem = Optional.empty();
    private volatile boolean losesReplies;
    private final JwtRevocations revocations = new JwtRevocations(
            losingReplies(),
            (token, reason, registered) -> append(),
            new MarkView(),
            now::get,
            new UnloggedTokens(ports.context(), now::get, new AtomicLong()));

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
        server.close();
    }

    private Future<Stamp> append() {
        return logProblem
                .<Future<Stamp>>map(Future::failedFuture)
                .orElseGet(() -> Future.succeededFuture(new Stamp(entries.incrementAndGet())));
    }

    private TokenStore losingReplies() {
        return AroundStore.of(
                ports.store(),
                (method, real) -> method.equals("sendInvalidation") && losesReplies ? lost(real.get()) : real.get());
    }

    private static Future<Sent> lost(Object sent) {
        return ((Future<?>) sent)
                .map(call -> new Sent(((Sent) call)
                        .reply()
                        .transform(done -> Future.failedFuture(Problem.unanswered("Redis: no answer in time")))));
    }

    private Future<Tally> revoke(OneJwt jwt) {
        return OnLoop.on(
                ports.context(),
                () -> revocations
                        .revoke(jwt, Optional.empty(), Optional.empty())
                        .map(done -> done.report().tally()));
    }

    private Problem refused(OneJwt jwt) {
        Future<Tally> refused = revoke(jwt);
        until("it ends", refused::isComplete);
        assertThat(refused.failed()).isTrue();
        return Problem.of(refused.cause());
    }

    private void may(String rule) {
        assertThat(redis.call("ACL", "SETUSER", "default", rule)).isEqualTo("OK");
    }

    private boolean hasTombstone() {
        return get(OnLoop.on(
                ports.context(), () -> ports.store().jwts().isRevoked(target.realm(), List.of(target.id()))));
    }

    private Token.State state() {
        return get(ports.find(target.id())).orElseThrow().state();
    }

    @Test
    void isCountedOnceWithItsRepetition() {
        get(ports.register(grant));
        may("-hset");

        assertThat(refused(target).done()).isEqualTo(Tally.ONE_INVALIDATED);

        may("+hset");
        assertThat(get(revoke(target))).isEqualTo(Tally.ONE_PREVIOUSLY);
    }

    @Test
    void isCompletedAfterItsTombstone() {
        get(ports.register(grant));
        may("-hset");
        refused(target);
        assertThat(hasTombstone()).isTrue();
        assertThat(state()).isEqualTo(Token.State.LIVE);

        may("+hset");

        until("in the log", () -> entries.get() > 0);
        assertThat(state()).isEqualTo(Token.State.INVALIDATED);
    }

    @Test
    void isCompletedAfterItsInvalidationOfWhichTheReplyWasLost() {
        get(ports.register(grant));
        may("-set");
        losesReplies = true;
        assertThat(refused(target).done()).isEqualTo(Tally.NONE);
        losesReplies = false;
        assertThat(state()).isEqualTo(Token.State.INVALIDATED);
        assertThat(hasTombstone()).isFalse();

        may("+set");

        until("in the log", () -> entries.get() > 0);
        assertThat(hasTombstone()).isTrue();
    }

    /** The other token of its pair is dead, and lives longer. */
    @Test
    void isCompletedAfterTheExpiryOfTheJwt() {
        Grant pair = Grants.pair(holder("corp", "joe"));
        get(ports.register(pair));
        OneJwt access = new OneJwt(pair.holder().realm(), accessId(pair), target.expiresAt(), Extent.GRANT);
        logProblem = Optional.of(Problem.passing("Redis: not connected"));
        refused(access);
        now.set(access.expiresAt().plusSeconds(1));

        logProblem = Optional.empty();

        until("in the log", () -> entries.get() > 0);
    }
}
