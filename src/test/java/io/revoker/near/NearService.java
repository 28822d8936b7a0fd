package io.revoker.near;

import static io.revoker.testing.Waiting.until;

import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import java.util.List;
import java.util.stream.Stream;

/** A service that answers checks from memory, and what tests ask of it. */
record NearService(RunningService service, Api api) implements AutoCloseable {
    static final String[] ON = {"--check.near-cache.enabled=true", "--check.near-cache.bound=1s"};

    static NearService on(String url, String prefix, String... options) {
        List<String> all = Stream.of(Stream.of(ON), Stream.of(options), Stream.of("--redis.prefix=" + prefix))
                .flatMap(some -> some)
                .toList();
        RunningService service = RunningService.on(url, all.toArray(String[]::new));
        return new NearService(service, new Api(service));
    }

    static NearService off(String url, String prefix, String... options) {
        String[] all = Stream.concat(Stream.of(options), Stream.of("--redis.prefix=" + prefix))
                .toArray(String[]::new);
        RunningService service = RunningService.on(url, all);
        return new NearService(service, new Api(service));
    }

    double answers() {
        return Scrape.of(service).value("revoker_near_answers_total");
    }

    boolean isLeased() {
        return Scrape.of(service).value("revoker_near_leased") == 1;
    }

    /** Waits until it answers about the token from memory. */
    void remember(String token) {
        until("answered from memory", () -> answersFromMemory(token));
    }

    /** Asks whether a token is good; it must be. */
    boolean answersFromMemory(String token) {
        double before = answers();
        int status = api.check(token);
        if (status != 200) {
            throw new AssertionError("check: " + status + " (expected: 200)");
        }
        return answers() > before;
    }

    @Override
    public void close() {
        service.close();
    }
}
