package io.revoker.audit;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.cli.CommandRun;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy of the entries in a file, and what is answered if an entry can't be written. */
class AuditFileTest {
    @TempDir
    private Path directory;

    @Test
    void copiesEachEntryForItsOwnerAlone() throws IOException {
        Path file = directory.resolve("audit.jsonl");
        try (RunningService service = RunningService.start("--audit.file=" + file, "--runtime.instances=1")) {
            Api api = new Api(service);
            String token = api.access("corp", "joe");
            api.invalidateAccess(token);
            api.invalidateRealm("größe");
            until("copied", () -> lines(file).size() == 2);

            assertThat(String.join("\n", lines(file)))
                    .contains("größe", "\"username\":\"joe\"")
                    .doesNotContain(token);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(CommandRun.of(service, "audit", "verify", file.toString())
                            .status())
                    .isZero();

            Files.move(file, directory.resolve("audit.jsonl.1"));
            api.invalidateRealm("corp");
            until("copied", () -> lines(file).size() == 1);
        }
        assertThat(lines(file)).hasSizeGreaterThanOrEqualTo(1);
    }

    @Test
    void writesLaterAlsoIfNothingMoreIsAdded() throws IOException {
        Path file = directory.resolve("later").resolve("audit.jsonl");
        Vertx vertx = Vertx.vertx();
        AuditFile copy = new AuditFile(vertx, Optional.of(file), OutputStream.nullOutputStream());
        List<String> many = Collections.nCopies(100_000, "line");
        try (LogCapture log = LogCapture.open(Level.ERROR)) {
            copy.add(many);
            copy.add(List.of("has no room"));
            until("it can't be written", () -> log.lines().stream().anyMatch(said -> said.contains("tried again")));

            Files.createDirectory(file.getParent());

            until("written", () -> lines(file).size() >= many.size());
            copy.add(List.of("has room again"));
            get(copy.close());
            assertThat(lines(file)).hasSize(many.size() + 1).endsWith("has room again");
        } finally {
            get(vertx.close());
        }
    }

    @Test
    void acknowledgesNothingWhoseEntryIsNotWrittenAndWritesItLater() {
        String key = Api.fresh("unwritten") + ":{log}:audit";
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url());
                RunningService service = RunningService.start(
                        "--redis.prefix=" + key.substring(0, key.indexOf(':')),
                        "--audit.interval=100ms",
                        "--runtime.instances=1")) {
            Api api = new Api(service);
            String token = api.access("corp", "joe");
            redis.call("SET", key, "not a stream");
            // Of what one step has noted, the entry is not waited for, until the attempts to write it fail.
            until(
                    "not written",
                    () -> api.invalidateAccess(api.access("corp", "eve")).startsWith("503"));

            Reply reply = api.invalidate("{\"token\":\"" + token + "\"}");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).contains("audit: done, but not acknowledged");
            assertThat(api.check(token)).isEqualTo(401);
            redis.call("DEL", key);
            until("written later", () -> redis.call("TYPE", key).equals("stream"));
            until("nothing is announced", () -> redis.number("HLEN", key + ":announced") == 0);
            assertThat(api.invalidateAccess(token)).isEqualTo("200 0,1,0");
            assertThat(CommandRun.of(service, "audit", "verify").status()).isZero();
        }
    }

    @Test
    void doesNothingThatCanNotBeAnnounced() {
        String key = Api.fresh("unannounced") + ":{log}:audit";
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url());
                RunningService service = RunningService.start("--redis.prefix=" + key.substring(0, key.indexOf(':')))) {
            Api api = new Api(service);
            String token = api.access("corp", "joe");
            redis.call("DEL", key + ":announced");
            redis.call("SET", key + ":announced", "not a hash");

            assertThat(api.invalidate("{\"token\":\"" + token + "\"}").status()).isEqualTo(503);
            assertThat(api.invalidate("{\"realm_name\":\"corp\"}").status()).isEqualTo(503);

            assertThat(api.check(token)).isEqualTo(200);
        }
    }

    @Test
    void keepsNothingIfItIsSwitchedOff() {
        String prefix = Api.fresh("off");
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url());
                RunningService service = RunningService.start("--redis.prefix=" + prefix, "--audit.enabled=false")) {
            Api api = new Api(service);
            assertThat(api.invalidateRealm("corp")).isEqualTo("200 0,0,0");

            assertThat(redis.keys(prefix + ":{log}:audit")).isEmpty();
            assertThat(service.call("GET", "/v1/audit").send()).hasToString("200 {\"entries\":[]}");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
