package io.revoker.audit;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.Main;
import io.revoker.cli.CommandRun;
import io.revoker.testing.Api;
import io.revoker.testing.Jvm;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy of the entries on standard output, of a process of its own. */
class AuditOutputTest {
    @TempDir
    private Path directory;

    @Test
    void hasNoOtherLinesThanEntries() throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        String prefix = "--redis.prefix=" + Api.fresh("output");
        ProcessBuilder builder = new ProcessBuilder(Jvm.command(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--redis.url=" + RedisServers.embedded().url(),
                        prefix,
                        "--http.port=0",
                        "--management.port=0",
                        "--audit.file=-"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("REVOKER_"));
        Process process = builder.start();
        try (RunningService other = RunningService.start(prefix)) {
            until("ready", () -> text(err).contains(", management on ") || !process.isAlive());
            assertThat(process.isAlive()).as(text(err) + text(out)).isTrue();
            Api api = new Api(other);
            api.invalidateRealm("before");
            String url = text(err).replaceFirst("(?s).*ready on (http://\\S+), management.*", "$1");
            CommandRun revoked = CommandRun.of(other, "revoke", "user", "joe", "--server=" + url);
            assertThat(revoked.status()).as(revoked.err()).isZero();
            until("copied", () -> text(out).contains("\"kind\":\"sweep\""));

            assertThat(text(out).lines()).allSatisfy(line -> assertThat(line).startsWith("{\"chain\":\""));
            assertThat(CommandRun.of(other, "audit", "verify", out.toString()).status())
                    .isZero();
        } finally {
            process.destroy();
            Processes.awaitEnd(process);
        }
        assertThat(List.of(text(out), text(err))).noneMatch(String::isEmpty);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
