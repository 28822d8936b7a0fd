package io.revoker.bus;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.TokenId;
import io.revoker.domain.Verdict;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that are asked together travel together, and are answered as if each had come alone. */
class ChecksOfOneTurnTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<CheckAll> messages = new CopyOnWriteArrayList<>();

    @BeforeEach
    void register() {
        Codecs.register(vertx.eventBus());
        vertx.eventBus().<CheckAll>addOutboundInterceptor(sent -> {
            if (sent.body() instanceof CheckAll message) {
                messages.add(message);
            }
            sent.next();
        });
    }

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void travelInOneMessageAndGetTheirOwnAnswersInWhateverOrderTheseCome() {
        List<Promise<Verdict>> answers = new CopyOnWriteArrayList<>();
        serve(check -> {
            answers.add(Promise.promise());
            return answers.get(answers.size() - 1).future();
        });

        List<Future<Verdict>> asked = ask(PATIENCE, ids(4));
        until("asked", () -> answers.size() == 4);
        onLoop(() -> {
            Collections.reverse(answers);
            List<Verdict> verdicts =
                    List.of(Verdict.INVALIDATED, Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.INVALIDATED);
            IntStream.range(0, 4).forEach(i -> answers.get(i).complete(verdicts.get(3 - i)));
        });

        assertThat(asked.stream().map(future -> get(future)))
                .containsExactly(Verdict.INVALIDATED, Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.INVALIDATED);
        assertThat(messages).hasSize(1);
    }

    @Test
    void failAlone() {
        List<TokenId> ids = ids(4);
        serve(check -> {
            if (check.id().equals(ids.get(1))) {
                return Future.failedFuture(Problem.overloaded("too much"));
            }
            if (check.id().equals(ids.get(2))) {
                throw new IllegalStateException("a fault");
            }
            return Future.succeededFuture(Verdict.INVALIDATED);
        });

        List<Future<Verdict>> asked = ask(PATIENCE, ids);

        assertThat(get(asked.get(0))).isEqualTo(Verdict.INVALIDATED);
        assertThat(problem(asked.get(1)).kind()).isEqualTo(Problem.Kind.OVERLOADED);
        assertThat(problem(asked.get(1)).text()).isEqualTo("too much");
        assertThat(problem(asked.get(2)).kind()).isEqualTo(Problem.Kind.INTERNAL);
        assertThat(get(asked.get(3))).isEqualTo(Verdict.INVALIDATED);
    }

    @Test
    void keepTheScopesOfTheirCallers() {
        RealmScope corp = RealmScope.only(Set.of(new RealmId("corp")));
        serve(check -> Future.succeededFuture(check.scope().equals(corp) ? Verdict.INVALIDATED : Verdict.UNKNOWN));

        List<Future<Verdict>> asked = get(OnLoop.on(context, () -> {
            RevokerBus bus = new RevokerBus(vertx, PATIENCE);
            return Future.succeededFuture(List.of(
                    bus.check(Grants.check(ids(1).get(0), RealmScope.ALL)),
                    bus.check(Grants.check(ids(1).get(0), corp))));
        }));

        assertThat(get(asked.get(0))).isEqualTo(Verdict.UNKNOWN);
        assertThat(get(asked.get(1))).isEqualTo(Verdict.INVALIDATED);
    }

    @Test
    void travelInSeveralMessagesIfTheyAreMoreThanFitIntoOne() {
        List<TokenId> ids = ids(2 * CheckAll.MAX + 1);
        serve(check ->
                Future.succeededFuture(ids.indexOf(check.id()) % 3 == 0 ? Verdict.INVALIDATED : Verdict.UNKNOWN));

        List<Future<Verdict>> asked = ask(PATIENCE, ids);

        for (int i = 0; i < asked.size(); i++) {
            assertThat(get(asked.get(i))).isEqualTo(i % 3 == 0 ? Verdict.INVALIDATED : Verdict.UNKNOWN);
        }
        assertThat(messages)
                .extracting(message -> message.checks().size())
                .containsExactly(CheckAll.MAX, CheckAll.MAX, 1);
    }

    @Test
    void failIfNoAnswerComesInTime() {
        answer(message -> {});

        assertThat(ask(Duration.ofMillis(50), ids(3)))
                .allSatisfy(asked -> assertThat(problem(asked).kind()).isEqualTo(Problem.Kind.UNAVAILABLE));
    }

    @Test
    void failIfNobodyListens() {
        assertThat(ask(PATIENCE, ids(3)))
                .allSatisfy(asked -> assertThat(problem(asked).kind()).isEqualTo(Problem.Kind.UNAVAILABLE));
    }

    @Test
    void takeNoAnswerThatIsNotOneForEach() {
        answer(message -> message.reply(new Verdicts(List.of(new CheckOutcome.Decided(Verdict.INVALIDATED)))));

        assertThat(ask(PATIENCE, ids(2)))
                .allSatisfy(asked -> assertThat(problem(asked).kind()).isEqualTo(Problem.Kind.INTERNAL));
    }

    @Test
    void areAnsweredAlthoughAnAskerFailsAtItsAnswer() {
        serve(check -> Future.succeededFuture(Verdict.INVALIDATED));

        Future<Verdict> second = OnLoop.on(context, () -> {
            RevokerBus bus = new RevokerBus(vertx, PATIENCE);
            bus.check(Grants.check(ids(1).get(0), RealmScope.ALL)).onComplete(answer -> {
                throw new IllegalStateException("a fault");
            });
            return bus.check(Grants.check(ids(1).get(0), RealmScope.ALL));
        });

        assertThat(get(second)).isEqualTo(Verdict.INVALIDATED);
    }

    private void serve(Function<Check, Future<Verdict>> handler) {
        onLoop(() -> new BusEndpoint(vertx).serveChecks(handler));
    }

    private void answer(Consumer<Message<CheckAll>> handler) {
        vertx.eventBus().<CheckAll>consumer(Addresses.CHECK_ALL, handler::accept);
    }

    private List<Future<Verdict>> ask(Duration timeout, List<TokenId> ids) {
        return get(OnLoop.on(context, () -> {
            RevokerBus bus = new RevokerBus(vertx, timeout);
            return Future.succeededFuture(ids.stream()
                    .map(id -> bus.check(Grants.check(id, RealmScope.ALL)))
                    .toList());
        }));
    }

    private void onLoop(Runnable action) {
        get(OnLoop.on(context, () -> {
            action.run();
            return Future.succeededFuture();
        }));
    }

    private static List<TokenId> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> TokenId.of("token " + i)).toList();
    }
}
