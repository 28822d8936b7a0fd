package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.audit.chain.ChainedLine;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the audit trail, also of one that somebody has changed in Redis. */
class AuditCommandTest {
    private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d+)");

    private final String prefix = Api.fresh("audit");
    private RunningService service;
    private RedisClient redis;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() {
        service = RunningService.start("--runtime.instances=1", "--redis.prefix=" + prefix);
        redis = RedisClient.of(RedisServers.embedded().url());
        Api api = new Api(service);
        for (int i = 1; i <= 6; i++) {
            api.invalidate("{\"realm_name\":\"größe\",\"username\":\"jo \\\"e\\\" \\\\ " + i + "\"}");
        }
    }

    @AfterEach
    void stop() {
        redis.close();
        service.close();
    }

    @Test
    void listsEntriesForPeople() {
        CommandRun list = run("audit", "list", "--realm", "größe", "--limit", "2", "--since", "1h");

        assertThat(list.status()).isZero();
        assertThat(list.out().lines()).hasSize(3);
        assertThat(list.out())
                .startsWith("TIME ")
                .contains("revocation", "anonymous", "127.0.0.1", "realm größe", "done 0");
        assertThat(run("audit", "list", "--realm", "other").out().lines()).hasSize(1);
        assertThat(run("audit", "list", "--until", "1h").out().lines()).hasSize(1);
        assertThat(run("audit", "list", "--kind", "murder").status()).isEqualTo(1);
    }

    @Test
    void exportsWhatWasWrittenToTheByte() throws Exception {
        String lines = run("audit", "export").out();

        assertThat(lines.lines()).containsExactlyElementsOf(kept());
        Path file = Files.writeString(directory.resolve("copy"), lines);
        assertThat(run("audit", "verify", file.toString()))
                .isEqualTo(new CommandRun(0, "6 entries of 1 chains: whole\n", ""));
        Files.writeString(file, lines.lines().skip(1).limit(3).reduce("", (all, line) -> line + "\n" + all));
        assertThat(run("audit", "verify", file.toString()).status()).isEqualTo(8);
        assertThat(run("audit", "verify", "none").status()).isEqualTo(2);
    }

    @Test
    void findsATrailWhole() {
        assertThat(run("audit", "verify")).isEqualTo(new CommandRun(0, "6 entries of 1 chains: whole\n", ""));
        assertThat(run("audit", "verify", "--json").out())
                .isEqualTo("{\"entries\":6,\"chains\":1,\"whole\":true,\"findings\":[]}\n");
    }

    @Test
    void namesWhatIsMissing() {
        change(lines -> {
            lines.remove(2);
            lines.remove(2);
            return lines;
        });

        assertThat(run("audit", "verify").status()).isEqualTo(8);
        assertThat(run("audit", "verify").out()).contains(", entries 3 to 4: missing\n", "NOT whole");
    }

    @Test
    void namesWhatWasAltered() {
        change(lines -> {
            lines.set(3, lines.get(3).replace("größe", "grosse"));
            return lines;
        });

        assertThat(run("audit", "verify").out()).contains(", entry 4: altered\n");
        assertThat(run("audit", "verify", "--json").out())
                .contains("{\"finding\":\"altered\",", "\"from\":4,\"to\":4}");
    }

    @Test
    void namesWhatWasMoved() {
        change(lines -> {
            lines.add(4, lines.remove(1));
            return lines;
        });

        assertThat(run("audit", "verify").out()).contains(", entry 2: not at its place, or there twice\n");
    }

    @Test
    void namesWhatWasCutOff() {
        change(lines -> lines.subList(0, 4));

        assertThat(run("audit", "verify").out()).contains(", entries 5 to 6: cut off at the end\n");
    }

    @Test
    void namesWhatIsNoEntryAnyMore() {
        change(lines -> {
            lines.set(3, "{]");
            return lines;
        });

        assertThat(run("audit", "verify").out()).contains("line 4: no entry any more\n", ", entry 4: missing\n");
        assertThat(run("audit", "list", "--realm", "größe").out().lines()).hasSize(6);
    }

    @Test
    void namesAllOfATrailThatIsGone() {
        redis.call("DEL", key());

        assertThat(run("audit", "verify").out()).contains(", entries 1 to 6: cut off at the end\n");
    }

    /** As after a fail-over: the end of the chain is as old as the entries. */
    @Test
    void namesWhatRedisHasLostTogetherWithTheEndOfTheChain() {
        Matcher fourth =
                Pattern.compile("\"chain\":\"([^\"]+)\".*\"hash\":\"([^\"]+)\"").matcher(kept().get(3));
        assertThat(fourth.find()).isTrue();
        change(lines -> lines.subList(0, 4));
        redis.call("HSET", key() + ":chains", fourth.group(1), "4 " + fourth.group(2) + " 1");
        assertThat(run("audit", "verify").status()).isZero();

        new Api(service).invalidate("{\"realm_name\":\"größe\",\"username\":\"joe\"}");

        assertThat(run("audit", "verify").out())
                .contains(
                        "chain " + fourth.group(1) + ", entries 5 to 6: cut off at the end\n", "5 entries of 2 chains");
    }

    /** What goes on after somebody has taken the ends of the chains away is in a new chain. */
    @Test
    void namesChainsWhoseEndsAreGone() {
        redis.call("DEL", key() + ":chains");
        new Api(service).invalidateRealm("größe");

        assertThat(run("audit", "verify").out())
                .contains(
                        ", entries 1 to 6: of a chain whose end is not recorded\n", "7 entries of 2 chains: NOT whole");
    }

    @Test
    void checksTheSignaturesOfTheEnds() throws Exception {
        service.close();
        Path signing = SigningFile.in(directory);
        service = signed(signing);
        new Api(service).invalidateRealm("größe");
        Waiting.until("signed", () -> chains().contains("signature"));
        assertThat(run("audit", "verify").out()).contains("signatures of ends: 1 valid\n", ": whole\n");
        Path ends = Files.writeString(directory.resolve("ends.json"), chains());
        assertThat(run("audit", "verify", "--ends", ends.toString()).status()).isZero();

        List<String> lines = kept();
        String last = lines.get(lines.size() - 1);
        Matcher chain = Pattern.compile("\"chain\":\"([^\"]+)\",\"number\":1,").matcher(last);
        assertThat(chain.find()).isTrue();
        ChainedLine.Written other =
                ChainedLine.write(chain.group(1), Link.NONE, "\"kind\":\"revocation\",\"username\":\"mallory\"");
        service.close();
        change(all -> {
            all.set(all.size() - 1, other.line());
            return all;
        });
        redis.call(
                "HSET", key() + ":chains", chain.group(1), "1 " + other.link().hash() + " 1");
        service = signed(signing);
        assertThat(run("audit", "verify").out()).contains("chain " + chain.group(1) + ", entry 1: altered\n");

        redis.call("HSET", key() + ":chains", "~" + chain.group(1), "e30.e30.e30");
        assertThat(run("audit", "verify").out()).contains("chain " + chain.group(1) + ": the signature is forged\n");
        redis.call("HDEL", key() + ":chains", "~" + chain.group(1));
        assertThat(run("audit", "verify").status()).isZero();
        assertThat(run("audit", "verify", "--ends", ends.toString()).out())
                .contains("chain " + chain.group(1) + ", entry 1: altered\n");
        assertThat(run("audit", "verify", "--ends", "none").status()).isEqualTo(2);
    }

    /** None of them names an end, so nothing would be checked. */
    @Test
    void refusesWhatIsNoCopyOfTheEnds() {
        assertThat(List.of(
                        "",
                        "null",
                        "{\"type\":\"about:blank\",\"status\":403}",
                        "{\"chains\":[{\"chain\":\"c\",\"written\":\"never\"}]}"))
                .allSatisfy(text -> {
                    CommandRun verify = verifyEnds(text);

                    assertThat(verify.status()).isEqualTo(2);
                    assertThat(verify.err()).contains("can't be read (expected: an answer of GET /v1/audit/chains)");
                });
    }

    /** Only what was signed is compared, so nothing would be. */
    @Test
    void refusesACopyOfEndsWithoutASignature() {
        assertThat(List.of("{\"chains\":[]}", "{\"chains\":\"x\"}", chains())).allSatisfy(text -> {
            CommandRun verify = verifyEnds(text);

            assertThat(verify.status()).isEqualTo(2);
            assertThat(verify.err()).contains("ends.json: has no signature (expected: ");
        });
    }

    private CommandRun verifyEnds(String text) throws IOException {
        Path ends = Files.writeString(directory.resolve("ends.json"), text);
        return run("audit", "verify", "--ends", ends.toString());
    }

    @Test
    void refusesEndsTogetherWithACopyOfEntries() throws Exception {
        Path file = Files.writeString(
                directory.resolve("copy"), run("audit", "export").out());
        Path ends = Files.writeString(directory.resolve("ends.json"), chains());

        CommandRun verify = run("audit", "verify", file.toString(), "--ends", ends.toString());

        assertThat(verify.status()).isEqualTo(2);
        assertThat(verify.err()).contains("--ends: with FILE (expected: without it, for the entries of a service)");
    }

    private RunningService signed(Path signing) {
        return RunningService.start(
                "--runtime.instances=1",
                "--redis.prefix=" + prefix,
                "--oauth.issuer=https://auth.example",
                "--signing.file=" + signing,
                "--audit.interval=100ms");
    }

    private String chains() {
        return service.call("GET", "/v1/audit/chains").send().body();
    }

    @Test
    void namesTheLineOfACopyThatIsNotUtf8() throws Exception {
        byte[] lines = run("audit", "export").out().getBytes(StandardCharsets.UTF_8);
        int at = new String(lines, StandardCharsets.ISO_8859_1).indexOf("\u00c3\u00b6");
        lines[at + 1] = (byte) 0xff;
        Path file = Files.write(directory.resolve("copy"), lines);

        assertThat(run("audit", "verify", file.toString()).out()).contains(", entry 1: altered\n");
        assertThat(run("audit", "verify", file.toString()).status()).isEqualTo(8);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(service, arguments);
    }

    private String key() {
        return prefix + ":{log}:audit";
    }

    /** The lines as they are in Redis. */
    private List<String> kept() {
        List<String> lines = new ArrayList<>();
        for (Object entry : (List<?>) redis.call("XRANGE", key(), "-", "+")) {
            List<?> fields = (List<?>) ((List<?>) entry).get(1);
            lines.addAll(
                    fields.get(fields.indexOf("lines") + 1).toString().lines().toList());
        }
        return lines;
    }

    /** Writes other lines into Redis, where somebody with access to it could. */
    private void change(UnaryOperator<List<String>> what) {
        List<String> lines = what.apply(new ArrayList<>(kept()));
        String chain = lines.get(0).replaceFirst("\\{\"chain\":\"([^\"]+)\".*", "$1");
        redis.call("DEL", key());
        for (String line : lines) {
            Matcher number = NUMBER.matcher(line);
            String last = number.find() ? number.group(1) : "4";
            redis.call("XADD", key(), "*", "chain", chain, "last", last, "hash", "x", "size", "1", "lines", line);
        }
    }
}
