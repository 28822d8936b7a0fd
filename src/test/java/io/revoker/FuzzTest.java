package io.revoker;

import static io.revoker.testing.Waiting.until;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.fuzz.FuzzRequests;
import io.revoker.fuzz.FuzzRequests.Framed;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent: no 5xx, no hang, no connection or request left over, no error in the log. {@code -Drevoker.fuzz.seed} repeats a run, {@code
 * -Drevoker.fuzz.cases} makes it longer.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("revoker.fuzz.seed", new Random().nextLong());
    private static final int CASES = Integer.getInteger("revoker.fuzz.cases", 100_000);

    /** A version that is none is answered 501. */
    private static final Pattern SERVER_FAULT = Pattern.compile("^HTTP/1\\.[01] 5(?!01)", Pattern.MULTILINE);

    private static final int WORKERS = 4;
    private static final int PIPELINED = 50;
    private static final int MALFORMED = 5;

    @Test
    void survivesWhateverIsSent() throws Exception {
        try (RunningService service = RunningService.start("--redis.heartbeat=5s", "--redis.call-timeout=20s");
                LogCapture errors = LogCapture.open(Level.WARN)) {
            ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
            List<Callable<Integer>> work = IntStream.range(0, WORKERS)
                    .mapToObj(worker -> (Callable<Integer>) () -> run(service, SEED + worker))
                    .toList();
            int cases = 0;
            for (Future<Integer> done : workers.invokeAll(work)) {
                cases += done.get();
            }
            workers.shutdown();
            assertThat(cases).isGreaterThanOrEqualTo(CASES);
            assertThat(errors.lines()).as("seed %d", SEED).isEmpty();
            until("nothing in flight", () -> service.inFlight() == 0);
            until("no connection", () -> service.connections() == 0);
            try (RawConnection next = service.connect()) {
                assertThat(next.exchange(Requests.register("after-all-" + SEED)).status())
                        .isEqualTo(201);
                assertThat(next.exchange(Requests.check("after-all-" + SEED)).status())
                        .isEqualTo(200);
            }
        }
    }

    private static int run(RunningService service, long seed) {
        FuzzRequests requests = new FuzzRequests(seed);
        int cases = 0;
        while (cases < CASES / WORKERS) {
            pipelined(
                    service, Stream.generate(requests::framed).limit(PIPELINED).toList());
            for (int i = 0; i < MALFORMED; i++) {
                alone(service, requests.malformed());
            }
            cases += PIPELINED + MALFORMED;
        }
        return cases;
    }

    private static void pipelined(RunningService service, List<Framed> requests) {
        try (RawConnection connection = service.connect()) {
            requests.forEach(request -> connection.send(request.bytes()));
            for (Framed request : requests) {
                try {
                    int status = (request.method().equals("HEAD") ? connection.readHead() : connection.read()).status();
                    assertThat(status).isBetween(200, 499);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(told(request.bytes()), e);
                }
            }
        }
    }

    private static void alone(RunningService service, byte[] bytes) {
        try (RawConnection connection = service.connect()) {
            connection.offer(bytes);
            connection.endSending();
            assertThat(connection.readToEnd()).doesNotContainPattern(SERVER_FAULT);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(told(bytes), e);
        }
    }

    private static String told(byte[] request) {
        return "seed " + SEED + ", request:\n" + new String(request, ISO_8859_1);
    }
}
