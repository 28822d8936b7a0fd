package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens get their indexes, and are registered and revoked, all at the same time, while lists are read. */
class StatusRaceTest {
    private static final int TOKENS = 200;
    private static final int USERS = 4;

    @Test
    void hasNoTokenValidThatAnInstanceRefuses(@TempDir Path directory) {
        String[] options = Statuses.options(directory, "--redis.prefix=" + Api.fresh("race"));
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (RunningService first = RunningService.start(options);
                RunningService second = RunningService.start(options)) {
            List<Statuses> instances = List.of(new Statuses(first), new Statuses(second));
            Map<String, Place> registered = new ConcurrentHashMap<>();
            List<CompletableFuture<Void>> work = IntStream.range(0, TOKENS)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> step(new Random(seed + i), instances, registered), threads))
                    .toList();
            work.forEach(CompletableFuture::join);

            assertThat(registered).as("seed %s", seed).hasSizeGreaterThan(TOKENS / 4);
            registered.values().stream()
                    .findAny()
                    .ifPresent(place -> Statuses.of(place, instances.get(0), instances.get(1)));
            registered.forEach((token, place) -> {
                int check = new Api(first).check(token);
                for (Statuses instance : instances) {
                    assertThat(instance.status(place))
                            .as("seed %s, check %s", seed, check)
                            .isEqualTo(check == 200 ? 0 : 1);
                }
            });
        } finally {
            threads.shutdown();
        }
    }

    private static void step(Random random, List<Statuses> instances, Map<String, Place> registered) {
        Statuses instance = instances.get(random.nextInt(2));
        String user = "user-" + random.nextInt(USERS);
        if (random.nextInt(5) == 0) {
            assertThat(new Api(instance.service()).invalidateUser(user)).startsWith("200");
            return;
        }
        Place place = instance.allocate("corp");
        if (random.nextInt(4) == 0) {
            instance.fetch(place);
        }
        String token = Statuses.token(place, user);
        Reply reply = instances.get(random.nextInt(2)).register("corp", token);
        assertThat(reply.status()).as(reply.body()).isIn(201, 409);
        if (reply.status() == 201) {
            registered.put(token, place);
            if (random.nextInt(4) == 0) {
                assertThat(new Api(instance.service()).invalidateAccess(token)).startsWith("200");
            }
        }
    }
}
