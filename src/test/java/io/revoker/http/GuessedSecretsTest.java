package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attacker guesses the secrets of clients, which are slow to verify. */
class GuessedSecretsTest {
    /** Of conf/clients.example.yaml. */
    private static final String SECRET = "o5SjXssUTCgm0K1v2DBwGy70NCQGn4j4cRWNU7xDQRA";

    private static final String LINE = "bcrypt:$2b$10$1sUEq8ScwJTe/f.BrNvyKOd8Op0Cx5nmLbnUduxIINHXN/wcYnggS";

    @Test
    void keepsNobodyElseOut(@TempDir Path directory) throws IOException {
        try (RunningService service = RunningService.start(clients(directory))) {
            List<CompletableFuture<Reply>> guesses = Stream.of("joe", "nobody")
                    .flatMap(client -> IntStream.range(0, 24)
                            .mapToObj(i -> service.call("DELETE", Api.PATH)
                                    .basic(client, "guess-" + i)
                                    .json("{\"username\":\"joe\"}")
                                    .sendAsync()))
                    .toList();

            assertThat(revoke(service, "ann")).isEqualTo("200 0,0,0");
            assertThat(guesses.stream().map(guess -> guess.join().status())).isSubsetOf(401, 503);
            assertThat(revoke(service, "joe")).isEqualTo("200 0,0,0");
        }
    }

    private static String revoke(RunningService service, String client) {
        return Api.counts(service.call("DELETE", Api.PATH)
                .basic(client, SECRET)
                .json("{\"username\":\"joe\"}")
                .send());
    }

    private static String clients(Path directory) throws IOException {
        return "--clients.file="
                + Files.writeString(directory.resolve("clients.yaml"), "clients:\n" + client("joe") + client("ann"));
    }

    private static String client(String id) {
        return "  - id: " + id + "\n    secret: \"" + LINE + "\"\n    privileges: [invalidate]\n";
    }
}
