package io.revoker.revocation.jwt;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Target.OneJwt;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
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
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server of a token loses its invalidation before the log entry of the revocation is written, elsewhere. */
class LostInvalidationTest {
    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Backend.newPrefix();
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, server.url(), prefix);
    private final OnLoop ports = opened.ports();
    private final Grant grant = Grants.access(holder("corp", "joe"));
    private final Promise<Stamp> entry = Promise.promise();

    @AfterEach
    void close() {
        opened.close().run();
        server.close();
    }

    private Token found() {
        return get(ports.find(accessId(grant))).orElseThrow();
    }

    /** Goes back to when the token was live, while the entry is on its way. */
    private <T> T loseIt(Future<T> revocation, Path files, Runnable awaitDead) {
        awaitDead.run();
        long before = incarnation();
        server.kill();
        server.restoreFiles(files);
        server.start();
        until("connected anew", () -> incarnation() > before);
        until("answers", () -> get(ports.find(accessId(grant)).map(true).otherwise(false)));
        ports.context().runOnContext(turn -> entry.complete(new Stamp(1)));
        return get(revocation);
    }

    private long incarnation() {
        return get(OnLoop.on(
                ports.context(), () -> Future.succeededFuture(ports.store().incarnation())));
    }

    private Path filesWithTheToken() {
        get(ports.register(grant));
        return server.copyFiles();
    }

    @Test
    void isRepeated() {
        Path files = filesWithTheToken();
        Token token = found();
        Target.Single target = new Target.OneToken(TokenKind.ACCESS, accessId(grant));

        Report report = loseIt(
                OnLoop.on(ports.context(), () -> Invalidation.of(token, target, dead -> entry.future(), ports.store())),
                files,
                () -> until("dead", () -> found().state() == Token.State.INVALIDATED));

        assertThat(report.tally()).isEqualTo(Tally.ONE_INVALIDATED);
        assertThat(found().state()).isEqualTo(Token.State.INVALIDATED);
    }

    @Test
    void isRepeatedOfATombstone() {
        Path files = filesWithTheToken();
        OneJwt target =
                new OneJwt(grant.holder().realm(), Grants.newId(), Instant.now().plus(Grants.LIFE));
        JwtRevocations revocations = new JwtRevocations(
                ports.store(),
                (one, reason, registered) -> entry.future(),
                new MarkView(),
                InstantSource.system(),
                new UnloggedTokens(ports.context(), InstantSource.system(), new AtomicLong()));

        Report report = loseIt(
                OnLoop.on(
                        ports.context(),
                        () -> revocations
                                .revoke(target, Optional.empty(), Optional.empty())
                                .map(JwtRevocations.Done::report)),
                files,
                () -> until("dead", () -> !tombstones().isEmpty()));

        assertThat(report.tally()).isEqualTo(Tally.ONE_INVALIDATED);
        assertThat(tombstones()).hasSize(1);
    }

    private List<String> tombstones() {
        try (RedisClient redis = server.client()) {
            return redis.keys(prefix + ":x:");
        }
    }
}
