package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Manual;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person sees them. */
@NeedsTools
class TerminalTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    private final Api api = new Api(SERVICE);
    private final String realm = Api.fresh("realm");
    private final String user = Api.fresh("joe");

    @TempDir
    private Path directory;

    @Test
    void showsWhatARevocationOfARealmWillHitAndRevokesWhenItsNameIsTyped() {
        String token = api.access(realm, user);

        try (Terminal terminal = run(SERVICE, "revoke", "realm", realm)) {
            terminal.awaitText("Type " + realm + " to revoke them: ").type(realm + "\n");

            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.output())
                    .contains("realm " + realm + ": 1 live token would be invalidated")
                    .contains("realm " + realm + ": 1 token invalidated, 0 already invalid, 0 errors");
        }
        assertThat(api.check(token)).isEqualTo(401);
    }

    @Test
    void showsWhatTheManualShows() {
        String shown = Manual.blocks().stream()
                .filter(block -> block.language().equals("console"))
                .findFirst()
                .orElseThrow()
                .text()
                .replace("corp", realm);
        api.pair(realm, user);
        api.access(realm, user);

        try (Terminal terminal = run(SERVICE, "revoke", "realm", realm)) {
            terminal.awaitText("them: ").type(realm + "\n");

            assertThat(terminal.awaitExit()).isZero();
            String visible = terminal.output().replaceAll("[^\n]*\r(?!\n)", "").replace("\r", "");
            assertThat(visible.strip())
                    .as("without the progress that it has shown if it took a second")
                    .isEqualTo(shown.lines().skip(1).collect(Collectors.joining("\n")));
        }
    }

    @Test
    void revokesNoRealmIfAnotherNameIsTyped() {
        String token = api.access(realm, user);

        try (Terminal terminal = run(SERVICE, "revoke", "realm", realm)) {
            terminal.awaitText("to revoke them: ").type("yes\n");

            assertThat(terminal.awaitExit()).isEqualTo(4);
            assertThat(terminal.output()).contains("not confirmed, nothing was done");
        }
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void doesNotAskForOneUser() {
        api.access(realm, user);

        try (Terminal terminal = run(SERVICE, "revoke", "user", user)) {
            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.output()).contains("1 live token would be invalidated", "1 token invalidated");
        }
    }

    @Test
    void showsNoTokenThatIsTyped() {
        String token = api.access(realm, user);

        try (Terminal terminal = run(SERVICE, "revoke", "token")) {
            terminal.awaitText("token: ").type(token + "\n");

            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.output()).contains("1 token invalidated").doesNotContain(token);
        }
    }

    @Test
    void asksForTheSecretWithoutShowingIt() {
        try (RunningService guarded = RunningService.start(ClientFiles.option());
                Terminal terminal = run(guarded, "locks", "--client=ops")) {
            terminal.awaitText("secret: ").type(ClientFiles.SECRET + "\n");

            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.output()).contains("TARGET").doesNotContain(ClientFiles.SECRET);
        }
    }

    @Test
    void leavesASweepRunningWhenItIsInterruptedAndSaysHowToComeBack() {
        try (RunningService slow = RunningService.start("--sweep.rate-limit=1", "--sweep.batch-size=1")) {
            register(slow, 200);
            String sweep;
            try (Terminal terminal = run(slow, "revoke", "realm", realm, "--yes")) {
                terminal.awaitText("[").awaitText("% ").type(Terminal.CTRL_C);

                assertThat(terminal.awaitExit()).isEqualTo(130);
                assertThat(terminal.output())
                        .containsPattern("the counting goes on; see the counting with: revoker sweeps watch \\d+");
                sweep = terminal.output().replaceAll("(?s).*sweeps watch (\\d+).*", "$1");
            }
            assertThat(new Api(slow).sweep(sweep).path("state").asText()).isEqualTo("running");
            try (Terminal back = run(slow, "sweeps", "watch", sweep)) {
                back.awaitText("% ");
                assertThat(CommandRun.of(slow, "sweeps", "stop", sweep).status())
                        .isZero();

                assertThat(back.awaitExit()).isEqualTo(5);
                assertThat(back.output()).contains("realm " + realm + ": stopped, ");
            }
        }
    }

    @Test
    void showsTheRateAndTheTimeThatIsLeftInOneNarrowLine() {
        try (RunningService slow = RunningService.start("--sweep.rate-limit=4", "--sweep.batch-size=1")) {
            register(slow, 2000);
            try (Terminal terminal = run(slow, Map.of("COLUMNS", "60"), "revoke", "realm", realm, "--yes")) {
                terminal.awaitText("[").awaitText("/s)").awaitText(" s left").type(Terminal.CTRL_C);

                assertThat(terminal.awaitExit()).isEqualTo(130);
                assertThat(terminal.output().replace("^C", "").split("[\r\n]+", -1))
                        .filteredOn(line -> line.startsWith("["))
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line).hasSizeLessThan(60))
                        .anyMatch(line -> line.strip()
                                .matches("\\[[#.]{20}] \\d+% [\\d,]+ tokens? \\([\\d,]+/s\\), \\d+ s left"));
            }
        }
    }

    @Test
    void isInColourUnlessThatIsNotWanted() {
        try (Terminal plain = run(SERVICE, Map.of("NO_COLOR", "1"), "doctor");
                Terminal coloured = run(SERVICE, Map.of(), "doctor")) {
            plain.awaitExit();
            coloured.awaitExit();

            assertThat(plain.output()).isNotEmpty().doesNotContain("\u001b[");
            assertThat(coloured.output()).contains("\u001b[");
        }
    }

    private void register(RunningService service, int users) {
        String lines = IntStream.range(0, users)
                .mapToObj(i ->
                        "{\"realm_name\":\"" + realm + "\",\"username\":\"u" + i + "\",\"mint\":[\"access_token\"]}")
                .collect(Collectors.joining("\n"));
        assertThat(service.call("POST", "/v1/tokens")
                        .header("Content-Type", "application/x-ndjson")
                        .body(lines)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    private Terminal run(RunningService service, String... arguments) {
        return run(service, Map.of(), arguments);
    }

    private Terminal run(RunningService service, Map<String, String> more, String... arguments) {
        Map<String, String> variables =
                new HashMap<>(Map.of("REVOKER_SERVER", service.uri("").toString()));
        variables.putAll(more);
        return Terminal.run(directory, variables, arguments);
    }
}
