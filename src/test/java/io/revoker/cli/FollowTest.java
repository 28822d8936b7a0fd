package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.cli.terminal.CommandIo;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code follow}. */
class FollowTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\S+Z  ";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void showsEachRevocationInALine() {
        try (RunningService service = fresh()) {
            Api api = new Api(service);
            String since = service.call("DELETE", Api.PATH)
                    .json("{\"username\":\"ann\"}")
                    .send()
                    .header("Revoker-Stamp");
            Api.Pair pair = api.pair("corp", "joe");
            api.invalidateAccess(pair.access());
            service.call("POST", "/v1/revocations")
                    .json(
                            "{\"target\":{\"username\":\"joe\"},\"reason\":{\"code\":\"compromise\",\"text\":\"laptop stolen\"}}")
                    .send();
            String until = Api.ahead(Duration.ofHours(1));
            CommandRun.of(service, "lock", "user", "joe", "--realm=corp", "--until", until);

            CommandRun run = CommandRun.of(service, "follow", "--since", since, "--limit=3");

            assertThat(run.status()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines().map(line -> line.replaceFirst("^" + TIME, "")))
                    .containsExactly(
                            "revoked   an access token in realm corp",
                            "revoked   user joe in every realm  compromise: laptop stolen",
                            "locked    user joe in realm corp until " + until);
            for (String length : List.of("1h", "999999d")) {
                assertThat(CommandRun.of(service, "follow", "--since=" + length, "--limit=1", "--json")
                                .out())
                        .startsWith("{\"event\":\"mark\",\"stamp\":\"" + since + "\"");
            }
        }
    }

    @Test
    void showsWhatComesAndGoesOnAtAnotherInstance() {
        String prefix = "--redis.prefix=" + Api.fresh("follow");
        try (RunningService other = RunningService.start(prefix)) {
            RunningService first = RunningService.start(prefix);
            String since = other.call("DELETE", Api.PATH)
                    .json("{\"username\":\"u0\"}")
                    .send()
                    .header("Revoker-Stamp");
            CompletableFuture<Integer> status = follow(
                    Map.of("REVOKER_SERVER", first.uri("") + " " + other.uri("")), "--limit=3", "--since", since);
            new Api(other).invalidateUser("u1");
            Waiting.until("shown", () -> printed().contains("user u1"));
            new Api(other).invalidateUser("u2");
            Waiting.until("shown at once", () -> printed().contains("user u2"));

            first.close();
            new Api(other).invalidateUser("u3");

            assertThat(status.orTimeout(60, TimeUnit.SECONDS).join()).isZero();
            assertThat(printed().lines().map(line -> line.replaceFirst("^" + TIME, "")))
                    .containsExactly(
                            "revoked   user u1 in every realm",
                            "revoked   user u2 in every realm",
                            "revoked   user u3 in every realm");
        }
    }

    @Test
    void failsAtOnceIfThereIsNoneOrTheCallerMayNot() {
        CommandRun none = CommandRun.in(Map.of(), "", "follow", "--server=http://127.0.0.1:1");
        assertThat(none).isEqualTo(new CommandRun(3, "", "error: not reachable: 127.0.0.1:1: no connection\n"));
        try (RunningService guarded = RunningService.start(ClientFiles.option())) {
            CommandRun refused = CommandRun.of(guarded, "follow");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("(status 401)");
        }
        assertThat(CommandRun.in(Map.of(), "", "follow", "--since=yesterday").err())
                .isEqualTo("error: since: malformed (expected: a stamp, or a length such as 30m, 8h or 7d)\n");
    }

    @Test
    @NeedsTools
    void endsWithCtrlC() {
        try (RunningService service = fresh();
                Terminal terminal = Terminal.run(
                        directory, Map.of("REVOKER_SERVER", service.uri("").toString()), "follow", "--since=1h")) {
            terminal.awaitText("following the revocations; Ctrl-C ends it");
            new Api(service).invalidateUser("joe");
            terminal.awaitText("revoked   user joe in every realm").type(Terminal.CTRL_C);

            assertThat(terminal.awaitExit()).isEqualTo(130);
        }
    }

    private static RunningService fresh() {
        return RunningService.start("--redis.prefix=" + Api.fresh("follow"));
    }

    private CompletableFuture<Integer> follow(Map<String, String> variables, String... options) {
        CommandIo io = new CommandIo(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                variables);
        List<String> arguments =
                Stream.concat(Stream.of("follow"), Stream.of(options)).toList();
        return CompletableFuture.supplyAsync(() ->
                new Commands(io, (settings, given) -> List.of()).run(arguments).orElseThrow());
    }

    private String printed() {
        return out.toString(UTF_8);
    }
}
