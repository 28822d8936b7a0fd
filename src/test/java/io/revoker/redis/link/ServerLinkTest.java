package io.revoker.redis.link;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.domain.Durability;
import io.revoker.domain.Problem;
import io.revoker.domain.Problem.Kind;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connection on a bad day: whatever the server does, every call ends in time and with the right answer. */
class ServerLinkTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Tuning PATIENT = Tuning.DEFAULT.heartbeat(Duration.ofMillis(50));

    /** For a server that stands still; a busy machine may stand still for as long. */
    private static final Tuning HASTY = PATIENT.timeout(TIMEOUT);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient redis = server.client();
    private final List<ServerLink> opened = new ArrayList<>();
    private ServerLink link;

    @BeforeEach
    void open() {
        link = open(PATIENT);
    }

    @AfterEach
    void close() {
        opened.forEach(each -> get(OnLoop.on(context, each::close)));
        server.close();
        redis.close();
        get(vertx.close());
    }

    @Test
    void givesEveryCallerItsOwnReply() {
        List<Future<Response>> echoes = many(5000, i -> echo("text " + i));

        assertThat(echoes).extracting(echo -> get(echo).toString()).isEqualTo(texts(5000));
    }

    @Test
    void connectsAgainToAServerThatWasKilledAndFindsItsData() {
        assertThat(get(send(set("key", "value"))).toString()).isEqualTo("OK");
        server.kill();
        until("cut off", () -> fails(echo("x")));
        assertThat(problem(send(echo("x"))).kind()).isEqualTo(Kind.UNAVAILABLE);

        server.start();

        until("connected", () -> !fails(echo("x")));
        assertThat(get(send(Request.cmd(Command.GET).arg("key"))).toString()).isEqualTo("value");
        assertThat(get(send(Script.INDEX
                        .call("index")
                        .arg("member")
                        .arg(4_000_000_000L)
                        .request())))
                .isNull();
    }

    @Test
    void failsWhatIsInFlightWhenTheServerIsKilled() {
        server.freeze();
        List<Future<Response>> calls = many(1000, i -> echo("text " + i));

        server.kill();

        assertThat(calls).allSatisfy(call -> assertThat(problem(call).kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void endsEveryCallInTimeWhileTheServerStandsStill() {
        ServerLink hasty = open(HASTY);
        server.freeze();

        List<Future<Response>> calls = many(hasty, 1000, i -> echo("text " + i));

        assertThat(calls).allSatisfy(call -> assertThat(problem(call).kind()).isEqualTo(Kind.UNAVAILABLE));
        server.thaw();
        until("connected", () -> !fails(hasty, echo("x")));
    }

    @Test
    void connectsAgainAfterManyAttemptsOnAServerThatStoodStill() {
        ServerLink hasty = open(HASTY.connectTimeout(TIMEOUT));
        server.freeze();
        List<Problem> problems = new ArrayList<>();
        long end = System.nanoTime() + TIMEOUT.multipliedBy(10).toNanos();
        until("long stand-still", () -> problems.add(problem(send(hasty, echo("x")))) && System.nanoTime() > end);

        server.thaw();

        until("connected", () -> !fails(hasty, echo("x")));
        assertThat(problems).extracting(Problem::kind).containsOnly(Kind.UNAVAILABLE);
    }

    @Test
    void noticesThatTheServersSettingsHaveChanged() {
        assertThat(link.fsync()).isEqualTo(Durability.Fsync.ALWAYS);

        redis.call("CONFIG", "SET", "appendfsync", "everysec");

        until("noticed", () -> link.fsync() == Durability.Fsync.EVERYSEC);
    }

    @Test
    void leavesAServerThatHasBecomeAReplica() {
        redis.call("REPLICAOF", "127.0.0.1", "1");

        until("left", () -> fails(echo("x")));
        assertThat(problem(send(echo("x"))).text()).contains("not connected");

        redis.call("REPLICAOF", "NO", "ONE");
        until("connected", () -> !fails(echo("x")));
    }

    /** More attempts than the client's pool has places: each must give its own back. */
    @Test
    void connectsAgainAfterManyAttemptsOnAServerThatTookNoScripts() {
        redis.call("ACL", "SETUSER", "default", "-script");
        Problem problem = problem(OnLoop.on(
                context, () -> made(HASTY.heartbeat(Duration.ofMinutes(10))).open()));
        assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE);
        until("ten attempts", () -> refusedScripts() >= 10L * Script.values().length);

        redis.call("ACL", "SETUSER", "default", "+script");

        until("connected", () -> !fails(opened.get(1), echo("x")));
    }

    @Test
    void timesOutWithoutAHeartbeat() {
        ServerLink quiet = open(HASTY.heartbeat(Duration.ofMinutes(10)));
        server.freeze();

        Problem problem = problem(send(quiet, echo("x")));

        assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(problem.text()).isEqualTo("Redis: no answer in time");
        server.thaw();
        until("answers again", () -> !fails(quiet, echo("x")));
    }

    /** The answers to calls that timed out come later, and must not be taken for those of later calls. */
    @Test
    void givesLateRepliesToNobody() {
        ServerLink patient = open(Tuning.DEFAULT.timeout(Duration.ofSeconds(10)).heartbeat(Duration.ofMinutes(10)));
        ServerLink hasty = open(HASTY.heartbeat(Duration.ofMinutes(10)));
        redis.call("SET", "number", "0");
        for (int round = 0; round < 5; round++) {
            server.freeze();
            List<Future<Response>> late = many(hasty, 100, i -> echo("late " + i));
            assertThat(late).allSatisfy(call -> assertThat(problem(call).kind()).isEqualTo(Kind.UNAVAILABLE));
            server.thaw();
            until("answers again", () -> !fails(hasty, echo("x")));

            until("all in time", () -> everyCallInTimeHasItsOwnReply(hasty, 100));
        }
        assertThat(get(send(patient, echo("still here"))).toString()).isEqualTo("still here");
    }

    @Test
    void failsOnlyTheCommandThatIsRefused() {
        redis.call("SET", "text", "value");
        List<Future<Response>> calls = many(
                1000, i -> i % 100 == 50 ? Request.cmd(Command.HGET).arg("text").arg("field") : echo("text " + i));

        for (int i = 0; i < calls.size(); i++) {
            if (i % 100 == 50) {
                Problem problem = problem(calls.get(i));
                assertThat(problem.kind()).isEqualTo(Kind.DAMAGED);
                assertThat(problem.text()).startsWith("Redis: WRONGTYPE");
            } else {
                assertThat(get(calls.get(i)).toString()).isEqualTo("text " + i);
            }
        }
    }

    @Test
    void failsOnlyTheScriptThatGoesWrongAndRunsEveryOtherOnce() {
        redis.call("SET", "text", "value");
        List<Future<Response>> calls = many(
                200,
                i -> Script.PUT
                        .call(i % 100 == 50 ? "text" : "hash")
                        .arg("field " + i)
                        .arg(new byte[] {-1, 0, 0, 0})
                        .request());
        Future<Response> refusedRead =
                send(Request.cmd(Command.HGET).arg("text").arg("field"));

        for (int i = 0; i < calls.size(); i++) {
            if (i % 100 == 50) {
                assertThat(problem(calls.get(i)).kind()).isEqualTo(Kind.DAMAGED);
            } else {
                assertThat(get(calls.get(i))).as("added, and not found added").isNull();
            }
        }
        assertThat(problem(refusedRead).kind()).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void saysUnavailableWhenTheServerRefusesToWrite() {
        redis.call("CONFIG", "SET", "maxmemory", "1");

        assertThat(problem(send(set("key", "value"))))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE))
                .satisfies(problem ->
                        assertThat(problem.text()).startsWith("Redis: ").contains("OOM"));
        assertThat(problem(send(Script.INDEX
                                .call("index")
                                .arg("member")
                                .arg(4_000_000_000L)
                                .request()))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(get(send(echo("reads go on"))).toString()).isEqualTo("reads go on");

        redis.call("CONFIG", "SET", "maxmemory", "0");
        assertThat(get(send(set("key", "value"))).toString()).isEqualTo("OK");
    }

    @Test
    void warnsOfAServerThatBeginsToEvict() {
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            redis.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

            until("warned", () -> log.lines().stream().anyMatch(line -> line.contains("redis evicts")));

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("redis evicts"))
                    .allMatch(line -> line.contains("maxmemory_policy=allkeys-lru expected=noeviction"));
        }
    }

    @Test
    void loadsTheScriptsAgainWhenSomeoneFlushedThem() {
        redis.call("SCRIPT", "FLUSH");
        redis.call("CONFIG", "RESETSTAT");

        List<Future<Response>> calls = many(
                3000,
                i -> Script.INDEX
                        .call("index")
                        .arg("member " + i)
                        .arg(4_000_000_000L)
                        .request());

        assertThat(calls).allSatisfy(call -> assertThat(problem(call).kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(get(send(Script.INDEX
                        .call("index")
                        .arg("member")
                        .arg(4_000_000_000L)
                        .request())))
                .isNull();
        assertThat(redis.call("INFO", "commandstats").toString())
                .as("each is loaded once, however many calls lacked it")
                .containsPattern("cmdstat_script(\\|load)?:calls=" + Script.values().length + ",");
    }

    @Test
    void answersTheOthersAlthoughACallerFailsAtItsReply() {
        Future<Response> second = OnLoop.on(context, () -> {
            link.send(call(echo("first"))).onComplete(reply -> {
                throw new IllegalStateException("a fault");
            });
            return link.send(call(echo("second")));
        });

        assertThat(get(second).toString()).isEqualTo("second");
    }

    /** What a registration reads must be what it finds after it has written. */
    @Test
    void sendsWhatWasAskedAfterAScriptAfterTheScript() {
        List<Future<Response>> calls = many(
                2000,
                i -> i % 2 == 0
                        ? Script.INDEX
                                .call("index " + i)
                                .arg("member")
                                .arg(4_000_000_000L)
                                .request()
                        : Request.cmd(Command.ZCARD).arg("index " + (i - 1)));

        for (int i = 1; i < calls.size(); i += 2) {
            assertThat(get(calls.get(i)).toInteger()).isEqualTo(1);
        }
    }

    @Test
    void refusesMoreThanMayBeInFlight() {
        ServerLink narrow = open(PATIENT.maxInFlight(10));

        List<Future<Response>> calls = many(narrow, 15, i -> echo("text " + i));

        assertThat(calls.subList(0, 10))
                .extracting(call -> get(call).toString())
                .isEqualTo(texts(10));
        assertThat(calls.subList(10, 15))
                .allSatisfy(call -> assertThat(problem(call).kind()).isEqualTo(Kind.OVERLOADED));
        assertThat(get(send(narrow, echo("free again"))).toString()).isEqualTo("free again");
    }

    @Test
    void forgetsWhatTimedOutWhenItCountsWhatIsInFlight() {
        ServerLink narrow = open(HASTY.maxInFlight(10).heartbeat(Duration.ofMinutes(10)));
        server.freeze();
        many(narrow, 10, i -> echo("text " + i))
                .forEach(call -> assertThat(problem(call)).isNotNull());
        server.thaw();

        until("room for all again", () -> everyCallInTimeHasItsOwnReply(narrow, 10));
    }

    @Test
    void failsAtOnceAfterItWasClosed() {
        get(OnLoop.on(context, link::close));

        assertThat(problem(send(echo("x"))).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void failsToOpenWithAProblemAndConnectsLater() {
        server.kill();

        Problem problem = problem(OnLoop.on(context, () -> made(HASTY).open()));

        assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE);
        server.start();
        until("connected", () -> !fails(opened.get(1), echo("x")));
    }

    @Test
    void neverSaysWhatACommandCarried() {
        Problem problem =
                problem(send(Request.cmd(Command.SET).arg("key").arg("secret").arg("secret")));

        assertThat(problem.text()).doesNotContain("secret");
    }

    private long refusedScripts() {
        return ((String) redis.call("INFO", "errorstats"))
                .lines()
                .filter(line -> line.startsWith("errorstat_NOPERM:count="))
                .mapToLong(line -> Long.parseLong(line.substring("errorstat_NOPERM:count=".length())))
                .sum();
    }

    /** Of a hasty one, the first attempts may fail on a busy machine. */
    private ServerLink open(Tuning tuning) {
        ServerLink fresh = get(OnLoop.on(context, () -> {
            ServerLink made = made(tuning);
            return made.open().otherwiseEmpty().map(made);
        }));
        until("open", () -> !fails(fresh, echo("x")));
        return fresh;
    }

    private ServerLink made(Tuning tuning) {
        ServerLink made = new ServerLink(vertx, tuning.redis(server.url()));
        opened.add(made);
        return made;
    }

    private Future<Response> send(Request request) {
        return send(link, request);
    }

    private Future<Response> send(ServerLink to, Request request) {
        return OnLoop.on(context, () -> to.send(call(request)));
    }

    /** One server takes every key. */
    private static Call call(Request request) {
        return new Call("", request);
    }

    private List<Future<Response>> many(int count, IntFunction<Request> request) {
        return many(link, count, request);
    }

    /** All within one turn of the event loop. */
    private List<Future<Response>> many(ServerLink to, int count, IntFunction<Request> request) {
        return get(OnLoop.on(
                context,
                () -> Future.succeededFuture(IntStream.range(0, count)
                        .mapToObj(i -> to.send(call(request.apply(i))))
                        .toList())));
    }

    private boolean fails(Request request) {
        return fails(link, request);
    }

    private boolean fails(ServerLink to, Request request) {
        return get(send(to, request).map(reply -> false).otherwise(failure -> true));
    }

    /** Whether all of them were in time, which a busy machine may not be. */
    private boolean everyCallInTimeHasItsOwnReply(ServerLink to, int count) {
        List<String> replies = many(to, count, i -> echo("text " + i)).stream()
                .map(call -> get(call.map(Response::toString).otherwise("late")))
                .toList();
        assertThat(IntStream.range(0, count).filter(i -> !replies.get(i).equals("late")))
                .allSatisfy(i -> assertThat(replies.get(i)).isEqualTo("text " + i));
        return !replies.contains("late");
    }

    private static Request echo(String text) {
        return Request.cmd(Command.ECHO).arg(text);
    }

    private static Request set(String key, String value) {
        return Request.cmd(Command.SET).arg(key).arg(value);
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }
}
