package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.OwnRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RawConnection.Answer;
import io.revoker.testing.RunningService;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much may be under way at once, and what a Redis that hangs does to it. */
class TrafficLimitsTest {
    private static final String WAITING = Requests.head("POST", Requests.TOKENS, Requests.JSON, "Content-Length: 10");

    @Test
    void closesTheConnectionThatIsOneTooMany() {
        try (RunningService service = RunningService.start("--http.max-connections=2")) {
            try (RawConnection first = service.connect();
                    RawConnection second = service.connect()) {
                assertThat(first.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
                assertThat(second.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
                try (RawConnection third = service.connect()) {
                    assertThat(third.readToEnd()).isEmpty();
                }
                assertThat(first.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
            }
            until("both have left, so there is room for the next", () -> serves(service));
        }
    }

    private static boolean serves(RunningService service) {
        try (RawConnection next = service.connect()) {
            return next.exchange(Requests.get("/v1/check")).status() == 401;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    @Test
    void countsConnectionsThatHaveSentNothing() {
        try (RunningService service = RunningService.start("--http.max-connections=2");
                RawConnection first = service.connect();
                RawConnection second = service.connect();
                RawConnection third = service.connect()) {
            assertThat(third.readToEnd()).isEmpty();
            assertThat(first.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
            assertThat(second.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
        }
    }

    @Test
    void keepsTheManagementListenerReachableWhenTheOtherIsFull() {
        try (RunningService service = RunningService.start("--http.max-connections=1");
                RawConnection only = service.connect()) {
            assertThat(only.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
            assertThat(service.readiness().status()).isEqualTo(200);
        }
    }

    @Test
    void refusesTheRequestThatIsOneTooMany() {
        try (RunningService service = RunningService.start("--http.max-in-flight=1");
                RawConnection busy = service.connect();
                RawConnection refused = service.connect()) {
            busy.send(WAITING);
            until("the first is in flight", () -> service.inFlight() == 1);
            Answer answer = refused.exchange(Requests.get("/v1/check"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsEntry("retry-after", "1");
            assertThat(busy.exchange("0123456789").status()).isEqualTo(400);
            until("the first has left", () -> service.inFlight() == 0);
            assertThat(refused.exchange(Requests.get("/v1/check")).status()).isEqualTo(401);
        }
    }

    @Test
    void answers503WhenRedisHangsAndGoesOnWhenItIsBack(@TempDir Path directory) {
        try (OwnRedis redis = OwnRedis.start(directory);
                RunningService service =
                        RunningService.on(redis.url(), "--redis.call-timeout=300ms", "--http.request-timeout=1s")) {
            register(service, "hang-1");
            redis.freeze();
            for (String request : new String[] {
                Requests.check("hang-1"),
                Requests.invalidate("hang-1"),
                Requests.register("hang-2"),
                Requests.introspect("hang-1")
            }) {
                try (RawConnection connection = service.connect()) {
                    assertThat(connection.exchange(request).status()).isEqualTo(503);
                }
            }
            assertThat(service.readiness().status()).isEqualTo(503);
            redis.thaw();
            until("ready again", () -> service.readiness().status() == 200);
            try (RawConnection connection = service.connect()) {
                until(
                        "checks are answered again",
                        () -> connection.exchange(Requests.check("hang-1")).status() != 503);
            }
        }
    }

    @Test
    void answers503BeyondTheBoundOfRedisCommands(@TempDir Path directory) {
        try (OwnRedis redis = OwnRedis.start(directory);
                RunningService service = RunningService.on(
                        redis.url(), "--redis.max-in-flight=16", "--redis.call-timeout=5s", "--runtime.instances=1");
                RawConnection refused = service.connect()) {
            redis.freeze();
            List<RawConnection> waiting = IntStream.range(0, 16)
                    .mapToObj(i -> service.connect().send(Requests.check("nobody-" + i)))
                    .toList();
            until("all commands wait", () -> service.inFlight() == 16);
            Answer answer = refused.exchange(Requests.check("nobody"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsEntry("retry-after", "1");
            redis.thaw();
            waiting.forEach(connection -> {
                assertThat(connection.read().status()).isEqualTo(401);
                connection.close();
            });
        }
    }

    private static void register(RunningService service, String token) {
        try (RawConnection connection = service.connect()) {
            assertThat(connection.exchange(Requests.register(token)).status()).isEqualTo(201);
        }
    }
}
