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
import io.revoker.domain.Target.OneJwt;
import io.revoker.feed.MarkView;
import io.revoker.revocation.unlogged.UnloggedTokens;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A JWT that is registered gets its tombstone, but can't be invalidated: in a Cluster another server does that. */
class HalfDoneRevocationTest {
    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient redis = server.client();
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, server.url(), Backend.newPrefix());
    private final OnLoop ports = opened.ports();
    private final Grant grant = Grants.access(holder("corp", "joe"));

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
        server.close();
    }

    @Test
    void isCountedOnceWithItsRepetition() {
        get(ports.register(grant));
        redis.call("ACL", "SETUSER", "default", "-hset");

        Future<Tally> refused = revoke();
        until("it ends", refused::isComplete);

        assertThat(refused.failed()).isTrue();
        assertThat(Problem.of(refused.cause()).done()).isEqualTo(Tally.ONE_INVALIDATED);
        redis.call("ACL", "SETUSER", "default", "+hset");
        assertThat(get(revoke())).isEqualTo(Tally.ONE_PREVIOUSLY);
    }

    private Future<Tally> revoke() {
        JwtRevocations revocations = new JwtRevocations(
                ports.store(),
                (target, reason, registered) -> Future.succeededFuture(new Stamp(1)),
                new MarkView(),
                InstantSource.system(),
                new UnloggedTokens(ports.context(), InstantSource.system(), new AtomicLong()));
        OneJwt target = new OneJwt(
                grant.holder().realm(), accessId(grant), Instant.now().plus(Grants.LIFE));
        return OnLoop.on(
                ports.context(),
                () -> revocations
                        .revoke(target, Optional.empty(), Optional.empty())
                        .map(done -> done.report().tally()));
    }
}
