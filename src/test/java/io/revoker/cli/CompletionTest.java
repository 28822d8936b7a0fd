package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.NeedsTools;
import io.revoker.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for shells, in a real bash and a real zsh. */
class CompletionTest {
    /** Empties the line. */
    private static final String CTRL_U = "\u0015";

    @TempDir
    private Path directory;

    private Path script;

    @BeforeEach
    void print() throws IOException {
        CommandRun run = CommandRun.in(Map.of(), "", "completion");
        assertThat(run.status()).isZero();
        script = Files.writeString(directory.resolve("completion"), run.out());
    }

    @Test
    void completesCommands() throws IOException {
        assertThat(completed("revoker", "rev")).isEqualTo("revoke");
        assertThat(completed("revoker", "revoke", "re")).isEqualTo("realm");
        assertThat(completed("revoker", "sweeps", "wat")).isEqualTo("watch");
    }

    @Test
    void completesOptions() throws IOException {
        assertThat(completed("revoker", "revoke", "user", "--dry")).isEqualTo("--dry-run");
    }

    @Test
    void completesKindsOfTokens() throws IOException {
        assertThat(completed("revoker", "tokens", "mint", "--kind", "ref")).isEqualTo("refresh");
    }

    /** At a terminal, with the words of the manual. */
    @Test
    @NeedsTools
    void completesInZsh() {
        try (Terminal zsh = Terminal.ofProgram(directory, Map.of("PS1", "READY ", "TERM", "dumb"), "exec zsh -f -i")) {
            zsh.awaitText("READY ").type("autoload -U +X bashcompinit && bashcompinit; source " + script + "\n");
            zsh.type("print SOUR''CED\n").awaitText("\nSOURCED");
            zsh.type("revoker rev\t").awaitText("revoker revoke ");
            zsh.type(CTRL_U + "revoker revoke re\t").awaitText("revoker revoke realm ");
            zsh.type(CTRL_U + "revoker revoke user --dry\t").awaitText("revoker revoke user --dry-run ");
            zsh.type(CTRL_U + "revoker tokens mint --kind ref\t").awaitText("revoker tokens mint --kind refresh ");
            zsh.type(CTRL_U + "exit\n");
            assertThat(zsh.awaitExit()).isZero();
        }
    }

    /** What a shell offers; outside of a completion its `compopt` complains. The last word is being typed. */
    private String completed(String... words) throws IOException {
        String text = "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1)
                + "; $(complete -p revoker | sed 's/.*-F \\([^ ]*\\).*/\\1/') revoker " + words[words.length - 1]
                + "; echo \"${COMPREPLY[*]}\"";
        Process bash = new ProcessBuilder("bash", "--norc", "-c", text)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
        Processes.awaitEnd(bash);
        return output.strip();
    }
}
