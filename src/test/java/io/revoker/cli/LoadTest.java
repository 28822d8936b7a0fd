package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code load}. */
class LoadTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    private final Api api = new Api(SERVICE);
    private final String realm = Api.fresh("trial");

    @TempDir
    private Path directory;

    @Test
    void registersSoManyTokensAndIsUndoneByARevocationOfTheRealm() {
        CommandRun run = CommandRun.of(SERVICE, "load", "--realm", realm, "--users=150", "--tokens=3");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0,
                        "realm " + realm + ": 450 tokens of 150 users registered; undo it with: revoker revoke realm "
                                + realm + "\n",
                        ""));
        assertThat(CommandRun.of(SERVICE, "tokens", "list", "load-150", "--realm", realm)
                        .out())
                .hasLineCount(4);
        assertThat(CommandRun.of(SERVICE, "revoke", "realm", realm, "--expect-max=450")
                        .out())
                .isEqualTo("realm " + realm + ": 450 tokens invalidated, 0 already invalid, 0 errors\n");
    }

    @Test
    void touchesNoOtherMachineUnasked() {
        CommandRun run = CommandRun.in(
                Map.of("REVOKER_SERVER", SERVICE.uri("") + " http://revoker.invalid:1"), "", "load", "--realm", realm);

        assertThat(run)
                .isEqualTo(new CommandRun(4, "", "error: load: the service is on another machine (expected: --yes)\n"));
    }

    @Test
    void keepsOutOfARealmThatHasTokens() {
        api.access(realm, "joe");

        CommandRun run = CommandRun.of(SERVICE, "load", "--realm", realm, "--users=1", "--tokens=1");

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err())
                .isEqualTo(
                        "error: realm " + realm
                                + ": has 1 live token, which would die when this is undone (expected: another realm, or --yes)\n");
        assertThat(CommandRun.of(SERVICE, "load", "--realm", realm, "--users=1", "--tokens=1", "--yes", "--json")
                        .out())
                .isEqualTo("{\"registered\":1,\"users\":1}\n");
    }

    @Test
    void saysWhyItCouldNotGoOn() {
        CommandRun.of(SERVICE, "lock", "realm", realm, "--for=1h", "--yes");

        CommandRun run = CommandRun.of(SERVICE, "load", "--realm", realm, "--users=1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("error: 0 tokens registered, then: registration: locked until ");
        assertThat(CommandRun.of(SERVICE, "load", "--realm", realm, "--users=0").err())
                .isEqualTo("error: users: 0 (expected: 1 to 10000000)\n");
    }

    @Test
    @NeedsTools
    void saysHowToUndoWhatIsRegisteredWhenItIsInterrupted() {
        try (Terminal terminal = Terminal.run(
                directory,
                Map.of("REVOKER_SERVER", SERVICE.uri("").toString()),
                "load",
                "--realm=" + realm,
                "--users=1000000")) {
            terminal.awaitText(" left").type(Terminal.CTRL_C);

            assertThat(terminal.awaitExit()).isEqualTo(130);
            assertThat(terminal.output())
                    .containsPattern("[0-9,]+ tokens registered; undo it with: revoker revoke realm " + realm);
        }
        assertThat(CommandRun.of(SERVICE, "revoke", "realm", realm, "--yes").status())
                .isZero();
    }

    @Test
    @NeedsTools
    void showsHowFarItIsAtATerminal() {
        try (Terminal terminal = Terminal.run(
                directory,
                Map.of("REVOKER_SERVER", SERVICE.uri("").toString()),
                "load",
                "--realm=" + realm,
                "--users=100",
                "--tokens=4")) {
            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.output())
                    .contains("[##########..........] 50% 200 tokens (", "400 tokens of 100 users registered");
        }
    }
}
