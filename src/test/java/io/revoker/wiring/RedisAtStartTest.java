package io.revoker.wiring;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.domain.Problem;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.RunningService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start at which Redis, or the way to it, is slow: as on a machine that is too busy. */
class RedisAtStartTest {
    private static final String[] HASTY = {
        "--redis.connect-timeout=300ms", "--redis.call-timeout=300ms", "--redis.heartbeat=100ms"
    };

    /** Longer than anything here waits. */
    private static final String PATIENT = "--redis.start-timeout=1m";

    private final Vertx vertx = Vertx.vertx();
    private final String url = RedisServers.embedded().url();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger met = new AtomicInteger();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void comesUpThoughTheFirstConnectionsGetNoAnswer() {
        comesUpBy(Relay.to(vertx, url, connection -> {
            boolean silent = connections.incrementAndGet() <= 3;
            return request -> passUnless(silent, request, connection);
        }));

        assertThat(met).hasPositiveValue();
    }

    @Test
    void comesUpThoughTheFirstConnectionsAreCut() {
        comesUpBy(Relay.to(vertx, url, connection -> {
            boolean cut = connections.incrementAndGet() <= 3;
            return request -> {
                if (cut) {
                    met.incrementAndGet();
                    connection.closeClient();
                } else {
                    connection.pass(request);
                }
            };
        }));

        assertThat(met).hasPositiveValue();
    }

    /** What a server answers to every command until its data are in memory (redis.io, "Redis persistence"). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-LOADING Redis is loading the dataset in memory\r\n",
                "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.\r\n",
                "-CLUSTERDOWN The cluster is down\r\n"
            })
    void comesUpOnceRedisServes(String refusal) {
        comesUpBy(Relay.to(vertx, url, connection -> {
            boolean loading = connections.incrementAndGet() <= 3;
            return request -> {
                if (loading) {
                    met.incrementAndGet();
                    connection.answer(refusal.repeat(Relay.commands(request)));
                } else {
                    connection.pass(request);
                }
            };
        }));

        assertThat(met).hasPositiveValue();
    }

    @Test
    void comesUpOnceItsServerIsThePrimary() throws IOException {
        RedisProcess primary = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
        RedisProcess replica = primary.startReplica(RedisServers.directory());
        AtomicBoolean refused = new AtomicBoolean();

        comesUpBy(Relay.to(vertx, replica.url(), connection -> {
            connection.onServerClosed(() -> {
                if (refused.compareAndSet(false, true)) {
                    promote(replica);
                }
            });
            return connection::pass;
        }));

        assertThat(refused).isTrue();
        replica.close();
        primary.close();
    }

    private static void promote(RedisProcess replica) {
        try (RedisClient client = replica.client()) {
            client.call("REPLICAOF", "NO", "ONE");
        }
    }

    /** Of the log and the marks, on connections that were made well. */
    @Test
    void comesUpThoughItsFirstCallsGetNoAnswer() {
        comesUpBy(Relay.to(vertx, url, connection -> {
            AtomicBoolean silent = new AtomicBoolean();
            return request -> {
                boolean isCall = request.toString().toLowerCase(Locale.ROOT).contains("evalsha");
                silent.compareAndSet(false, isCall && connections.incrementAndGet() <= 2);
                passUnless(silent.get(), request, connection);
            };
        }));

        assertThat(met).hasPositiveValue();
    }

    @Test
    void comesUpThoughANodeOfAClusterGivesNoAnswerAtFirst() {
        String seed = RedisServers.cluster().url().split(",", -1)[0].replace("redis-cluster:", "redis:");
        Relay relay = Relay.to(vertx, seed, connection -> {
            boolean silent = connections.incrementAndGet() <= 2;
            return request -> passUnless(silent, request, connection);
        });

        try (RunningService service =
                RunningService.on(relay.url().replace("redis:", "redis-cluster:"), hasty(PATIENT))) {
            until("ready", () -> service.readiness().status() == 200);
        }
        assertThat(met).hasPositiveValue();
    }

    @Test
    void failsIfThereIsNeverAnAnswer() {
        Relay silent = Relay.to(vertx, url, connection -> request -> connections.incrementAndGet());

        assertThatThrownBy(() -> RunningService.on(silent.url(), hasty("--redis.start-timeout=1s")))
                .hasMessage("Redis: no answer in time");

        assertThat(connections).as("attempts").hasValueGreaterThan(1);
    }

    @Test
    void failsAtOnceIfThePasswordIsWrong() {
        URI right = URI.create(url);

        assertThatThrownBy(() ->
                        RunningService.on("redis://eve:secret@" + right.getHost() + ":" + right.getPort(), PATIENT))
                .hasMessageContaining("WRONGPASS");
    }

    @Test
    void failsAtOnceIfItsUserMayNotReadTheLog() {
        try (RedisClient redis = RedisClient.of(url)) {
            redis.call("ACL", "SETUSER", "short", "on", ">word", "~*", "&*", "+@all", "-evalsha");
            try {
                URI right = URI.create(url);
                assertThatThrownBy(() -> RunningService.on(
                                "redis://short:word@" + right.getHost() + ":" + right.getPort(), PATIENT))
                        .hasMessageContaining("NOPERM");
            } finally {
                redis.call("ACL", "DELUSER", "short");
            }
        }
    }

    @Test
    void failsAtOnceIfNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> RunningService.on("redis://127.0.0.1:" + port, PATIENT))
                .hasMessageContaining("refused");
    }

    /** As the client's close does, the first attempt fails on a thread of its own. */
    @Test
    void staysOnItsEventLoop() {
        Context here = vertx.getOrCreateContext();
        List<Optional<Context>> attempts = new CopyOnWriteArrayList<>();
        Promise<Void> first = Promise.promise();
        Promise<Void> end = Promise.promise();
        here.runOnContext(turn -> RedisAtStart.within(vertx, Duration.ofMinutes(1))
                .make(() -> {
                    attempts.add(Optional.ofNullable(Vertx.currentContext()));
                    return attempts.size() == 1 ? first.future() : Future.succeededFuture();
                })
                .onComplete(end));
        until("begun", () -> attempts.size() == 1);

        first.fail(Problem.passing("Redis: no answer in time"));

        get(end.future());
        assertThat(attempts).containsExactly(Optional.of(here), Optional.of(here));
    }

    private void comesUpBy(Relay way) {
        try (RunningService service = RunningService.on(way.url(), hasty(PATIENT))) {
            until("ready", () -> service.readiness().status() == 200);
        }
    }

    private void passUnless(boolean held, Buffer request, Relay.Connection connection) {
        if (held) {
            met.incrementAndGet();
        } else {
            connection.pass(request);
        }
    }

    private static String[] hasty(String option) {
        return Stream.concat(Stream.of(HASTY), Stream.of(option)).toArray(String[]::new);
    }
}
