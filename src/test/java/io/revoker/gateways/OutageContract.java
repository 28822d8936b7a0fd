package io.revoker.gateways;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Gateway;
import io.revoker.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every gateway of conf/gateways does while Revoker does not answer as it should. It has what a contract starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OutageContract {
    /** In time for all of them: HAProxy waits for half a second, four times. */
    private static final Duration LATE = Duration.ofMillis(250);

    private static final Duration BUSY = Duration.ofSeconds(5);
    /** Than the time-out of those for which it is for each piece. */
    private static final Duration LONGER = Duration.ofSeconds(6);

    /** Their time-out is for each piece of an answer. */
    private static final Set<Gateway.Kind> PIECEWISE = Set.of(Gateway.Kind.VARNISH, Gateway.Kind.NGINX_FEED);

    private final Map<Gateway.Kind, Closing> closing;
    private GuardedGateways gateways;

    OutageContract(Map<Gateway.Kind, Closing> closing) {
        this.closing = closing;
    }

    /**
     * What a gateway does when it can't be decided.
     *
     * @param status that its clients get
     * @param after which it gives up, by the manual
     */
    record Closing(int status, Duration after) {
        static Closing of(int status, int seconds) {
            return new Closing(status, Duration.ofSeconds(seconds));
        }

        /** On a machine that has other work; without a time-out it would be a minute or more. */
        private Duration atMost() {
            return after.multipliedBy(2).plus(BUSY);
        }
    }

    /** What a client got, and how long that took. */
    private record Got(int status, Duration time) {}

    @BeforeAll
    void start() {
        gateways = GuardedGateways.start(List.copyOf(kinds()));
    }

    @AfterAll
    void stop() {
        gateways.close();
    }

    /** Whatever a test has done to them. */
    @AfterEach
    void mend() {
        gateways.lines().forEach(Line::release);
    }

    GuardedGateways gateways() {
        return gateways;
    }

    Set<Gateway.Kind> kinds() {
        return closing.keySet();
    }

    int status(Gateway.Kind kind, String token) {
        return gateways.call(kind, "GET", "/").bearer(token).send().status();
    }

    @Test
    void letsNobodyThroughWhileRevokerIsDown() {
        String token = gateways.access("corp", "joe");
        gateways.lines().forEach(Line::cut);

        Map<Gateway.Kind, Got> got = join(ask(token));

        gateways.lines().forEach(Line::join);
        assertClosed(got);
        untilAllAreOpen(token);
        assertWrittenNowhere(token);
    }

    /** And an answer that comes when nobody waits for it any more lets no other request through. */
    @Test
    void letsNobodyThroughWhileRevokerDoesNotAnswer() {
        String token = gateways.access("corp", "joe");
        gateways.lines().forEach(Line::hold);

        Map<Gateway.Kind, Got> got = join(ask(token));

        gateways.lines().forEach(Line::release);
        assertClosed(got);
        assertThat(got)
                .allSatisfy((kind, closed) -> assertThat(closed.time())
                        .as(kind.toString())
                        .isLessThan(closing.get(kind).atMost()));
        assertThat(join(ask("garbage")))
                .allSatisfy((kind, refused) -> assertThat(refused.status()).isEqualTo(401));
        untilAllAreOpen(token);
        assertWrittenNowhere(token);
    }

    @Test
    void letsAGoodTokenThroughIfTheAnswerIsLateButInTime() {
        gateways.lines().forEach(line -> line.delay(LATE));

        Map<Gateway.Kind, Got> got = join(ask(gateways.access("corp", "joe")));

        gateways.lines().forEach(Line::release);
        assertThat(got).allSatisfy((kind, passed) -> {
            assertThat(passed.status()).as(kind.toString()).isEqualTo(200);
            assertThat(passed.time()).isGreaterThanOrEqualTo(LATE);
        });
    }

    /** Most give up in time. The others wait for as long as something comes. */
    @Test
    void letsNobodyThroughBeforeTheWholeAnswerHasCome() {
        String token = gateways.access("corp", "joe");
        gateways.lines().forEach(Line::drip);

        Map<Gateway.Kind, CompletableFuture<Got>> asked = ask(token);
        long begun = System.nanoTime();
        Map<Gateway.Kind, Got> got = join(asked.entrySet().stream()
                .filter(one -> !PIECEWISE.contains(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));

        until("longer than the time-out", () -> System.nanoTime() - begun > LONGER.toNanos());
        assertThat(asked)
                .allSatisfy((kind, answer) ->
                        assertThat(answer.isDone()).as(kind.toString()).isEqualTo(got.containsKey(kind)));
        gateways.lines().forEach(Line::release);
        assertClosed(got);
        untilAllAreOpen(token);
        assertWrittenNowhere(token);
    }

    @Test
    void letsNobodyThroughWhileRevokerCanNotDecide() {
        String token = gateways.access("corp", "joe");
        gateways.redis().kill();

        Map<Gateway.Kind, Got> got = join(ask(token));

        gateways.redis().start();
        gateways.awaitReady();
        assertClosed(got);
        untilAllAreOpen(token);
        assertWrittenNowhere(token);
    }

    private void assertClosed(Map<Gateway.Kind, Got> got) {
        assertThat(got)
                .allSatisfy((kind, closed) -> assertThat(closed.status())
                        .as(kind.toString())
                        .isEqualTo(closing.get(kind).status()));
    }

    private void assertWrittenNowhere(String token) {
        assertThat(kinds())
                .allSatisfy(kind -> assertThat(gateways.filesWith(kind, token))
                        .as(kind.toString())
                        .isEmpty());
    }

    /** All are asked at once, because some take their time. */
    private Map<Gateway.Kind, CompletableFuture<Got>> ask(String token) {
        return kinds().stream().collect(Collectors.toMap(Function.identity(), kind -> {
            long begun = System.nanoTime();
            return gateways.call(kind, "GET", "/").bearer(token).sendAsync().thenApply(reply -> got(reply, begun));
        }));
    }

    private static Got got(Reply reply, long begun) {
        return new Got(reply.status(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private static Map<Gateway.Kind, Got> join(Map<Gateway.Kind, CompletableFuture<Got>> asked) {
        return asked.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().join()));
    }

    private void untilAllAreOpen(String token) {
        until(
                "all let it through again",
                () -> join(ask(token)).values().stream().allMatch(got -> got.status() == 200));
    }
}
