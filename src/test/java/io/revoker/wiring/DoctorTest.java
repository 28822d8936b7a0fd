package io.revoker.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.cli.Commands;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.embedded.EmbeddedRedis;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Manual;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code doctor} on a real Redis. */
class DoctorTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void examinesSettingsClientsAndRedis() {
        int status = doctor("--redis.url=" + RedisServers.embedded().url(), ClientFiles.option());

        assertThat(printed())
                .contains(
                        "ok       settings: no problems\n",
                        "ok       clients: ",
                        "ok       redis: reachable, and takes")
                .contains("mend     version: 6.2.11 lacks the fix of CVE-2025-49844", "ok       eviction: noeviction")
                .contains("durability: appendfsync ", "clocks: this machine is ");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void printsWhatTheManualShows() {
        String shown = Manual.blocks().stream()
                .filter(block -> block.text().startsWith("$ revoker doctor"))
                .findFirst()
                .orElseThrow()
                .text();

        doctor("--redis.url=" + RedisServers.embedded().url(), ClientFiles.option());

        assertThat(normal(printed())).isEqualTo(normal(shown.replaceFirst("(?s).*?\n", "")));
    }

    @Test
    void findsARedisThatEvictsAndForgets() {
        try (RedisProcess redis = RedisProcess.start(
                RedisServers.executable(), directory, "--appendonly", "no", "--maxmemory-policy", "allkeys-lru")) {
            assertThat(doctor("--redis.url=" + redis.url())).isEqualTo(1);
        }

        assertThat(printed())
                .contains("mend     eviction: allkeys-lru: an evicted token is a lost token (expected: noeviction)")
                .contains("warning  durability: appendfsync none: a crash may forget revocations");
    }

    /** A start would be refused; only a start notes anything. */
    @Test
    void findsALayoutThatOtherSettingsHaveNoted() {
        String prefix = Api.fresh("layout");
        String layout = prefix + ":{log}:layout";
        String url = RedisServers.embedded().url();
        try (RedisClient redis = RedisClient.of(url)) {
            doctor("--redis.url=" + url, "--redis.prefix=" + prefix, "--redis.realm-shards=8");
            assertThat(printed()).contains("ok       layout: as this version and redis.realm-shards, 8, have it\n");
            assertThat(redis.number("EXISTS", layout)).isZero();
            redis.call("HSET", layout, "version", "1", "shards", "16");

            doctor("--redis.url=" + url, "--redis.prefix=" + prefix);
            assertThat(printed())
                    .contains("layout: as this version and redis.realm-shards, 16, have it; an earlier one, which"
                            + " redis.layout can raise\n");

            doctor("--redis.url=" + url, "--redis.prefix=" + prefix, "--redis.realm-shards=8");
            assertThat(printed()).contains("mend     layout: redis.realm-shards: 8 (expected: 16, as");
            redis.call("HSET", layout, "version", "3");

            doctor("--redis.url=" + url, "--redis.prefix=" + prefix);
            assertThat(printed()).contains("mend     layout: Redis: layout of the data: 3 (expected: 2 or older");
            assertThat(redis.call("HGET", layout, "version").toString()).isEqualTo("3");
        }
    }

    @Test
    void saysThatRedisIsNotThereAndShowsNoPassword() {
        assertThat(doctor("--redis.url=redis://user:hunter2@127.0.0.1:1")).isEqualTo(1);

        assertThat(printed()).contains("mend     redis: ").doesNotContain("hunter2");
    }

    @Test
    void reportsTheProblemsOfTheSettingsAlone() {
        assertThat(doctor("--http.port=99999", "--no.such=1")).isEqualTo(1);

        assertThat(printed().lines()).hasSize(2).allMatch(line -> line.startsWith("mend     settings: "));
    }

    @Test
    void namesADurabilityThatIsLessThanDemanded() {
        doctor("--redis.url=" + RedisServers.embedded().url(), "--redis.durability.fsync=always");

        assertThat(printed()).contains("so no revocation is acknowledged (expected: at least always");
    }

    @Test
    void saysThatTheEmbeddedRedisDoesNotRun() {
        assertThat(doctor("--redis.embedded.directory=" + directory)).isZero();

        assertThat(printed())
                .contains("warning  clients: no clients.file", "warning  redis: the embedded one, which does not run");
    }

    @Test
    void hasNothingToMendAsTheServiceComes() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(new EmbeddedRedis.Settings(directory, 0, "everysec", 0))) {
            assertThat(redis.port()).isPositive();

            assertThat(doctor("--redis.embedded.directory=" + directory)).isZero();
        }
        assertThat(printed())
                .contains("warning  version: 6.2.11, embedded, lacks the fix of CVE-2025-49844", "ok       redis: ")
                .doesNotContain("mend");
    }

    @Test
    void printsAnObjectForEachFinding() {
        doctor("--json", "--redis.embedded.directory=" + directory);

        assertThat(printed()).startsWith("{\"grade\":\"ok\",\"subject\":\"settings\",\"text\":\"no problems\"}\n");
    }

    /** The file of the clients, and the clocks, differ. */
    private static String normal(String text) {
        return text.strip().replaceAll("clients: \\S+", "clients: …").replaceAll("-?\\d+ ms", "… ms");
    }

    private int doctor(String... options) {
        PrintStream out = new PrintStream(printed, true, UTF_8);
        CommandIo io = new CommandIo(InputStream.nullInputStream(), out, out, Map.of());
        return new Commands(io, new ConfigChecks())
                .run(Stream.concat(Stream.of("doctor"), Stream.of(options)).toList())
                .orElseThrow();
    }

    private String printed() {
        return printed.toString(UTF_8);
    }
}
