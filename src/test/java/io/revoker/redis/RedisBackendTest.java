package io.revoker.redis;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.TokenId;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.revoker.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisBackendTest {
    /** Many times the pause before a second attempt. */
    private static final int SILENCE_MILLIS = 500;

    private static final int TOKENS = 2000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<BackendConnection> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(connection -> get(OnLoop.on(context, connection::close)));
        get(vertx.close());
    }

    @Test
    void triesNoMoreOnceItCouldNotOpen() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Future<RedisBackend.Ports> opened = open("redis://127.0.0.1:" + server.getLocalPort());
            server.accept().close();
            assertThat(problem(opened).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);

            server.setSoTimeout(SILENCE_MILLIS);

            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
        }
    }

    @Test
    void saysWhatTheUrlShouldBeginWith() {
        String node = RedisServers.cluster().url().replaceFirst("redis-cluster://([^,]*),.*", "redis://$1");
        String server = RedisServers.embedded().url().replaceFirst("redis:", "redis-cluster:");

        assertThat(problem(open(node)).text())
                .isEqualTo("Redis: a node of a Cluster (expected: redis.url begins with redis-cluster://)");
        assertThat(problem(open(server)).text())
                .isEqualTo("Redis: a single server (expected: redis.url begins with redis://)");
    }

    @Test
    void findsAClusterThroughAnyOfItsNodes() {
        String oneLives = RedisServers.cluster()
                .url()
                .replaceFirst("redis-cluster://.*,", "redis-cluster://127.0.0.1:1,127.0.0.1:2,");

        assertThat(get(open(oneLives)).store()).isNotNull();
    }

    @Test
    void keepsRecordsForChecksOnlyBeyondAFew() {
        try (RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
                RedisClient eyes = server.client()) {
            RedisBackend backend = Tuning.DEFAULT.backend(vertx, server.url(), "kept");
            RedisBackend.Ports checks = get(OnLoop.on(context, backend::openForChecks));
            RedisBackend.Ports work = get(OnLoop.on(context, backend::open));
            opened.addAll(List.of(checks.connection(), work.connection()));
            List<TokenId> ids = register(new OnLoop(context, work.store(), work.log(), work.marks(), work.ledger()));

            assertThat(readsOfTheSecondRound(
                            eyes,
                            new OnLoop(context, checks.store(), checks.log(), checks.marks(), checks.ledger()),
                            ids))
                    .isZero();
            assertThat(readsOfTheSecondRound(
                            eyes, new OnLoop(context, work.store(), work.log(), work.marks(), work.ledger()), ids))
                    .isEqualTo(TOKENS - 1000);
        }
    }

    private static List<TokenId> register(OnLoop store) {
        List<Grant> grants = IntStream.range(0, TOKENS)
                .mapToObj(i -> Grants.access(Grants.holder("corp", "user " + i)))
                .toList();
        grants.stream().map(store::register).toList().forEach(Waiting::get);
        return grants.stream().map(Grants::accessId).toList();
    }

    private static long readsOfTheSecondRound(RedisClient eyes, OnLoop store, List<TokenId> ids) {
        ids.stream().map(store::find).toList().forEach(Waiting::get);
        eyes.call("CONFIG", "RESETSTAT");
        ids.stream().map(store::find).toList().forEach(Waiting::get);
        return eyes.calls("hget");
    }

    private Future<RedisBackend.Ports> open(String url) {
        RedisBackend backend = Tuning.DEFAULT.backend(vertx, url, "unused");
        return OnLoop.on(context, backend::open).onSuccess(ports -> opened.add(ports.connection()));
    }
}
