package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code revoke all}. */
class RevokeAllTest {
    private final RunningService service = RunningService.start("--redis.prefix=" + Api.fresh("all"));
    private final Api api = new Api(service);
    private final String token = api.access("corp", "joe");
    private final String other = api.access("lab", "ann");

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void needsBothOptionsInAScript() {
        for (String option : new String[] {"--yes", "--expect-max=10"}) {
            assertThat(CommandRun.of(service, "revoke", "all", option))
                    .isEqualTo(
                            new CommandRun(
                                    4,
                                    "",
                                    "error: everything: not confirmed (expected: --yes with --expect-max=N where there is no terminal)\n"));
        }
        CommandRun tooMany = CommandRun.of(service, "revoke", "all", "--yes", "--expect-max=1");
        assertThat(tooMany.status()).isEqualTo(4);
        assertThat(tooMany.err()).contains("more live tokens than expected_max: 1 (nothing was revoked)");
        assertThat(api.check(token)).isEqualTo(200);

        assertThat(CommandRun.of(service, "revoke", "all", "--yes", "--expect-max=2"))
                .isEqualTo(new CommandRun(0, "everything: 2 tokens invalidated, 0 already invalid, 0 errors\n", ""));
        assertThat(api.check(token)).isEqualTo(401);
        assertThat(api.check(other)).isEqualTo(401);
    }

    @Test
    @NeedsTools
    void showsHowManyAndAsksForTheWordAtATerminal() {
        try (Terminal terminal = run("revoke", "all", "--yes")) {
            terminal.awaitText("everything: 2 live tokens would be invalidated")
                    .awaitText("Type everything to revoke them: ")
                    .type("yes\n");
            assertThat(terminal.awaitExit()).isEqualTo(4);
        }
        assertThat(api.check(token)).isEqualTo(200);

        try (Terminal terminal = run("revoke", "all")) {
            terminal.awaitText("Type everything to revoke them: ").type("everything\n");
            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.output()).contains("everything: 2 tokens invalidated");
        }
        assertThat(api.check(token)).isEqualTo(401);
    }

    private Terminal run(String... arguments) {
        return Terminal.run(directory, Map.of("REVOKER_SERVER", service.uri("").toString()), arguments);
    }
}
