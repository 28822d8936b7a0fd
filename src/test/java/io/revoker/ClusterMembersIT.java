package io.revoker;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Addresses;
import io.revoker.bus.Check;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.SweepStatus;
import io.revoker.testing.JarProcess;
import io.revoker.testing.Members;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service in two processes that stay and a third one that leaves, hangs or is killed, and an application,
 * which is this JVM: a cluster of four.
 */
class ClusterMembersIT {
    /** About so many users with one token share a hash. */
    private static final int HASH = 40;

    private static final int TOKENS = Integer.getInteger("revoker.cluster.tokens", 200_000);
    private static final int STREAM = 5000;
    private static final Members MEMBERS = Members.of(4);
    private static final int GUEST = 2;
    private static final int APPLICATION = 3;
    private static final List<Revocation> HEARD = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path directory;

    private static RedisProcess redis;
    private static JarProcess first;
    private static JarProcess second;
    private static Vertx application;
    private static RevokerBus bus;

    @BeforeAll
    static void join() {
        redis = RedisProcess.start(RedisServers.executable(), directory, "--appendfsync", "no");
        first = start(0);
        second = start(1);
        first.awaitReady();
        second.awaitReady();
        application = MEMBERS.join(APPLICATION);
        bus = new RevokerBus(application, Duration.ofSeconds(5), Duration.ofSeconds(20));
        get(application
                .eventBus()
                .<Revocation>consumer(Addresses.REVOCATIONS, event -> HEARD.add(event.body()))
                .completion());
    }

    @AfterAll
    static void leave() {
        get(application.close());
        Stream.of(first, second).forEach(JarProcess::close);
        redis.close();
    }

    @Test
    void tellEachRevocationToAnotherJvmAndLeaveWithoutALoss() {
        try (JarProcess guest = start(GUEST)) {
            guest.awaitReady();
            register(first, "left", 2);
            Report report = get(bus.revoke(new Revoke(realm("left"), RealmScope.ALL)));
            assertThat(report.tally()).isEqualTo(new Tally(2, 0));
            until("heard from all three", () -> heard(report.stamp()) >= 3);

            guest.signal("TERM");
            assertThat(guest.awaitExit()).isZero();
            for (int i = 0; i < 20; i++) {
                assertThat(repeated(() -> bus.check(check("left-access-0"))).status())
                        .isEqualTo(Verdict.Status.INVALIDATED);
            }
        }
    }

    @Test
    void answerWhileOneOfThemHangs() {
        try (JarProcess guest = start(GUEST)) {
            guest.awaitReady();
            register(first, "hung", 4);
            guest.signal("STOP");

            for (JarProcess service : List.of(first, second)) {
                try (RawConnection connection = service.connect()) {
                    for (int i = 0; i < 100; i++) {
                        assertThat(connection
                                        .exchange(Requests.check("hung-access-0"))
                                        .status())
                                .isEqualTo(200);
                    }
                }
            }
            try (RawConnection connection = second.connect()) {
                assertThat(connection.exchange(Requests.invalidateRealm("hung")).body())
                        .contains("\"invalidated_tokens\":4,");
            }
            until(
                    "heard from those that do not hang",
                    () -> HEARD.stream()
                                    .filter(event -> event.target().equals(realm("hung")))
                                    .count()
                            >= 2);

            guest.signal("CONT");
            guest.until("answers again", () -> status(guest, Requests.check("hung-access-0")) == 401);
        }
    }

    @Test
    void countExactlyAlthoughTheOneThatSweepsIsKilled() {
        register(first, "swept", TOKENS);
        try (JarProcess guest = start(GUEST)) {
            guest.awaitReady();
            try (RawConnection connection = guest.connect()) {
                assertThat(connection.exchange(Requests.beginSweep("swept")).status())
                        .isEqualTo(202);
            }
            until(
                    "in the middle of it",
                    () -> sweep("swept").stream()
                            .anyMatch(sweep -> sweep.progress().tally().invalidated() > 0));
            guest.kill();
            assertThat(sweep("swept").orElseThrow().progress().tally().invalidated())
                    .as("invalidated at its death")
                    .isLessThan(TOKENS);
        }
        for (JarProcess service : List.of(first, second)) {
            assertThat(status(service, Requests.check("swept-access-" + (TOKENS / 2 - 1))))
                    .isEqualTo(401);
        }

        until("swept", Duration.ofMinutes(5), () -> sweep("swept").orElseThrow().state() == SweepStatus.State.ENDED);

        assertThat(sweep("swept").orElseThrow().progress().tally()).isEqualTo(new Tally(TOKENS, 0));
        assertThat(sweep("swept").orElseThrow().progress().errors()).isZero();
        // Once more, perhaps: the caller of a sweep that was resumed may not have got its counts.
        repeated(() -> bus.revoke(new Revoke(realm("swept"), RealmScope.ALL)));
        assertThat(repeated(() -> bus.revoke(new Revoke(realm("swept"), RealmScope.ALL)))
                        .tally())
                .isEqualTo(Tally.NONE);
    }

    @Test
    void needACluster() throws IOException {
        Path alone = Files.copy(Path.of(System.getProperty("revoker.jar")), directory.resolve("alone.jar"));
        List<String> arguments = new ArrayList<>(MEMBERS.options(GUEST));
        arguments.add("--redis.url=" + redis.url());

        try (JarProcess service = JarProcess.run(alone, directory, arguments)) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output()).contains("start failed: cluster.enabled: true, without a cluster manager");
        }
    }

    private static JarProcess start(int member) {
        return JarProcess.start(
                directory,
                Stream.concat(
                                MEMBERS.options(member).stream(),
                                Stream.of(
                                        "--redis.url=" + redis.url(),
                                        "--sweep.lease=1s",
                                        "--sweep.rate-limit=" + TOKENS / HASH / 8))
                        .toArray(String[]::new));
    }

    private static Target.OfRealm realm(String name) {
        return new Target.OfRealm(new RealmId(name));
    }

    private static Check check(String token) {
        return new Check(token, RealmScope.ALL);
    }

    private static long heard(Stamp stamp) {
        return HEARD.stream().filter(event -> event.stamp().equals(stamp)).count();
    }

    private static Optional<SweepStatus> sweep(String realm) {
        FindSweeps all = new FindSweeps(Optional.empty(), RealmScope.ALL);
        return repeated(() -> bus.findSweeps(all)).sweeps().stream()
                .filter(sweep -> sweep.target().equals(realm(realm)))
                .findFirst();
    }

    /** What was sent to a member that is dead or hangs has no answer. */
    private static <T> T repeated(Supplier<Future<T>> request) {
        List<T> answers = new ArrayList<>();
        until("answered", () -> {
            try {
                return answers.add(get(request.get()));
            } catch (Problem problem) {
                assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
                return false;
            }
        });
        return answers.get(0);
    }

    private static int status(JarProcess service, String request) {
        try (RawConnection connection = service.connect()) {
            return connection.exchange(request).status();
        }
    }

    /** Pairs, each of a user of its own, by some streams at a time. */
    private static void register(JarProcess service, String realm, int tokens) {
        HttpClient client = HttpClient.newHttpClient();
        URI uri = URI.create("http://127.0.0.1:" + service.port() + Requests.TOKENS);
        IntStream.iterate(0, from -> from < tokens / 2, from -> from + STREAM)
                .parallel()
                .mapToObj(from -> lines(realm, from, Math.min(from + STREAM, tokens / 2)))
                .map(lines -> HttpRequest.newBuilder(uri)
                        .header("Content-Type", Requests.NDJSON)
                        .POST(HttpRequest.BodyPublishers.ofString(lines))
                        .build())
                .forEach(request -> assertThat(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                                .join()
                                .statusCode())
                        .isEqualTo(200));
    }

    private static String lines(String realm, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "{\"realm_name\":\"%1$s\",\"username\":\"u%2$d\","
                                + "\"access_token\":\"%1$s-access-%2$d\",\"refresh_token\":\"%1$s-refresh-%2$d\"}\n",
                        realm,
                        i))
                .collect(Collectors.joining());
    }
}
