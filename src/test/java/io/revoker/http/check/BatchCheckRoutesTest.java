package io.revoker.http.check;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.bus.Check;
import io.revoker.bus.CheckAll;
import io.revoker.bus.Codecs;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.Verdicts;
import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.caller.Callers;
import io.revoker.config.CheckConfig;
import io.revoker.config.values.DataSize;
import io.revoker.config.values.RealmDurations;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.TokenId;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.http.BulkQueue;
import io.revoker.http.Gate;
import io.revoker.http.InFlightLimit;
import io.revoker.http.check.SlicedChecks.BatchQuestion;
import io.revoker.http.single.MinStamp;
import io.revoker.http.single.TokenChecks;
import io.revoker.testing.Call;
import io.revoker.testing.Configurations;
import io.revoker.testing.Reply;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The routes on an event bus whose other end the test is. */
class BatchCheckRoutesTest {
    private static final CheckConfig LIMITS = new CheckConfig(
            Duration.ZERO,
            new RealmDurations(Map.of()),
            false,
            0,
            1000,
            DataSize.ofMebibytes(1),
            new CheckConfig.NearCacheConfig(false, 1000, Duration.ofSeconds(1)));

    private final Vertx vertx = Vertx.vertx();
    private final Queue<CheckAll> asked = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** Few messages, but none that keeps the store from single checks for long. */
    @Test
    void asksForAllTokensInSlices() {
        Reply reply = ask(1000, Collections::unmodifiableList);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().required("checks")).hasSize(1000);
        assertThat(asked)
                .extracting(slice -> slice.checks().size())
                .containsExactly(128, 128, 128, 128, 128, 128, 128, 104);
        assertThat(asked.stream().flatMap(slice -> slice.checks().stream()).map(Check::id))
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(i -> TokenId.of("x" + i))
                        .toList());
    }

    @Test
    void answersInTheOrderOfTheTokensWhateverTheSlices() {
        Reply reply = ask(
                200,
                outcomes -> Collections.nCopies(
                        outcomes.size(),
                        new CheckOutcome.Decided(outcomes.size() == 128 ? Verdict.UNKNOWN : Verdict.INVALIDATED)));

        List<String> reasons = new ArrayList<>();
        reply.json()
                .required("checks")
                .forEach(check -> reasons.add(check.required("reason").textValue()));
        assertThat(reasons).hasSize(200);
        assertThat(reasons.subList(0, 128)).containsOnly("unknown or expired");
        assertThat(reasons.subList(128, 200)).containsOnly("revoked");
    }

    /** Otherwise the caller could take the token that could not be looked up for good or for bad. */
    @Test
    void answersNoneIfOneOfThemCannotBeLookedUp() {
        Reply reply = ask(3, outcomes -> {
            List<CheckOutcome> changed = new ArrayList<>(outcomes);
            changed.set(1, new CheckOutcome.Undecided(Problem.unavailable("Redis: not connected")));
            return changed;
        });

        assertThat(reply)
                .hasToString("503 {\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                        + "\"detail\":\"Redis: not connected\"}");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    /** Four slices are asked for at once. The answers to those that wait behind them would not be used. */
    @Test
    void asksNoMoreAfterTheFirstFailure() {
        Reply reply = ask(
                1000,
                outcomes -> Collections.nCopies(
                        outcomes.size(), new CheckOutcome.Undecided(Problem.unavailable("Redis: not connected"))));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).contains("Redis: not connected");
        assertThat(asked).hasSize(4);
    }

    @Test
    void saysForHowLongItHasWaited() {
        BulkQueue queue = new BulkQueue(() -> 1);
        Promise<String> busy = Promise.promise();
        Future<String> before = queue.take(1, busy::future);
        Future<List<List<CheckOutcome>>> late = new SlicedChecks(
                        new TokenChecks(new RevokerBus(vertx, Duration.ofSeconds(5)), JwtVerifier.NONE),
                        queue,
                        Duration.ofMillis(1))
                .ask(new BatchQuestion(List.of("x"), RealmScope.ALL, Check.Kinds.ACCESS), outcomes -> outcomes);
        long asked = System.nanoTime();
        Waiting.until("time is over", () -> System.nanoTime() - asked > 1_000_000);
        busy.complete("done");

        assertThat(before.result()).isEqualTo("done");
        assertThat(late.cause()).hasMessage("checks: no turn within 1 ms");
    }

    private Reply ask(int tokens, Function<List<CheckOutcome>, List<CheckOutcome>> change) {
        Codecs.register(vertx.eventBus());
        BusEndpoint endpoint = new BusEndpoint(vertx).<CheckAll, Verdicts>serve(Addresses.CHECK_ALL, all -> {
            asked.add(all);
            CheckOutcome unknown = new CheckOutcome.Decided(Verdict.UNKNOWN);
            return Future.succeededFuture(
                    new Verdicts(change.apply(Collections.nCopies(all.checks().size(), unknown))));
        });
        Router router = Router.router(vertx);
        InFlightLimit inFlight = new InFlightLimit(10_000, new SimpleMeterRegistry());
        new BatchCheckRoutes(
                        new BatchChecks(
                                new TokenChecks(new RevokerBus(vertx, Duration.ofSeconds(5)), JwtVerifier.NONE),
                                inFlight,
                                Configurations.of(List.of(), Map.of()),
                                () -> LIMITS),
                        new Gate(Callers.anonymous(), inFlight, new SimpleMeterRegistry()),
                        () -> LIMITS,
                        new MinStamp(vertx, stamp -> true))
                .mount(router);
        HttpServer server = get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        Reply reply = Call.of("POST", URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/checks"))
                .json("{\"tokens\":["
                        + IntStream.range(0, tokens)
                                .mapToObj(i -> "\"x" + i + '"')
                                .collect(Collectors.joining(",")) + "]}")
                .send();
        get(endpoint.close());
        return reply;
    }
}
