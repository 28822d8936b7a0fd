package io.revoker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Token;
import io.revoker.domain.store.TokenStore.Sent;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.testing.AroundStore;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.Node;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Callers and checker find a fault that we plant under the flows, and find nothing where there is none. */
class PlantedFaultsTest {
    private static final int CALLERS = 3;
    private static final int CALLS = 400;

    private final MemoryStore real = new MemoryStore(InstantSource.system());
    private final History history = new History();

    @Test
    void findsNothingWhereThereIsNoFault() {
        assertThat(violations((method, correct) -> correct.get())).isEmpty();
    }

    @Test
    void findsAnAcknowledgementBeforeTheWrite() {
        assertThat(violations((method, correct) -> {
                    if (!method.equals("sendInvalidation")) {
                        return correct.get();
                    }
                    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                            .execute(() -> assertThat(correct.get()).isNotNull());
                    return Future.succeededFuture(new Sent(Future.succeededFuture(Tally.ONE_INVALIDATED)));
                }))
                .anyMatch(violation -> violation.startsWith("promise 1"));
    }

    @Test
    void findsABirthWithoutTheMark() {
        assertThat(violations((method, correct) ->
                        method.equals("find") ? found(correct.get()).map(PlantedFaultsTest::unmarked) : correct.get()))
                .anyMatch(violation -> violation.startsWith("promise 2"));
    }

    @SuppressWarnings("unchecked")
    private static Future<Optional<Token>> found(Object reply) {
        return (Future<Optional<Token>>) reply;
    }

    private static Optional<Token> unmarked(Optional<Token> found) {
        return found.map(token -> new Token(
                token.id(),
                token.signature(),
                token.kind(),
                token.holder(),
                token.facts(),
                token.expiresAt(),
                token.state(),
                Stamp.NONE,
                token.partner()));
    }

    @Test
    void findsATotalThatIsLost() {
        assertThat(violations((method, correct) -> method.equals("sweep")
                        ? ((Future<?>) correct.get()).map(swept -> withoutTotals((Swept) swept))
                        : correct.get()))
                .anyMatch(violation -> violation.startsWith("promise 3") && violation.contains("counted"));
    }

    private static Swept withoutTotals(Swept swept) {
        return new Swept(
                swept.totals().keySet().stream().collect(Collectors.toMap(part -> part, part -> Tally.NONE)),
                swept.errors(),
                swept.rest());
    }

    private List<String> violations(AroundStore fault) {
        try (Node node = Node.onMemory(real, AroundStore.of(real, fault))) {
            IntStream.range(0, CALLERS)
                    .mapToObj(i -> new Caller(0, new BusDoor(node), history, new Random(i)))
                    .map(caller -> CompletableFuture.runAsync(() -> work(caller)))
                    .toList()
                    .forEach(CompletableFuture::join);
            Caller last = new Caller(0, new BusDoor(node), history, new Random(CALLERS));
            Stream.of("realm0", "realm1").map(Target.Realm::new).forEach(last::revoke);
            last.checkAll(history.tokens());
            return new Promises(history, new Losses()).violations();
        }
    }

    private static void work(Caller caller) {
        AtomicInteger left = new AtomicInteger(CALLS);
        caller.work(() -> left.getAndDecrement() > 0);
    }
}
