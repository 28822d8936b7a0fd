package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Manual;
import io.revoker.testing.MarkdownBlocks.Block;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the page about the commands says, and compares with what it shows. */
class CliManualTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern SWEEP = Pattern.compile("watch (\\d+)");
    private static final Pattern LOCK = Pattern.compile("unlock (\\w+)\\)");
    private static final List<Block> BLOCKS = Manual.blocks().stream()
            .filter(block -> block.place().contains("cli.md"))
            .toList();

    private RunningService service;
    private Api api;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() {
        service = RunningService.start();
        api = new Api(service);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void everyCommandPrintsWhatIsShown() {
        String sweep = "none";
        String lock = "none";
        int compared = 0;
        for (int i = 0; i + 1 < BLOCKS.size(); i++) {
            if (BLOCKS.get(i).isShell()) {
                String line = BLOCKS.get(i)
                        .text()
                        .replaceAll("watch \\d+", "watch " + sweep)
                        .replaceAll("unlock \\w+", "unlock " + lock);
                String shown = BLOCKS.get(i + 1).text();

                CommandRun run = run(line, before(line));

                assertThat(normal(run.out())).as(BLOCKS.get(i).place()).startsWith(normal(shown));
                sweep = found(SWEEP, run.out(), sweep);
                lock = found(LOCK, run.out(), lock);
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(17);
    }

    /** The state that an example begins with; the token of its input, if it has one. */
    private String before(String line) {
        if (line.startsWith("revoker audit")) {
            revokeTwice();
        } else if (line.startsWith("revoker revoke user joe")) {
            api.pair("corp", "joe");
        } else if (line.startsWith("revoker revoke client")) {
            register("\"client_id\":\"web\"");
        } else if (line.startsWith("revoker revoke session")) {
            register("\"session_id\":\"s1\"");
        } else if (line.startsWith("revoker tokens list")) {
            return api.access("corp", line.endsWith("sue") ? "sue" : "jim");
        } else if (line.startsWith("revoker tokens register")) {
            return Api.fresh("opaque");
        } else if (line.endsWith("< token.txt")) {
            return api.access("corp", "jim");
        } else if (line.startsWith("revoker follow")) {
            revokeTwice();
        } else if (line.contains("revoke realm corp")) {
            api.invalidateRealm("corp");
            api.pair("corp", "joe");
            api.access("corp", "anna");
        }
        return "";
    }

    /** They have to be the first within the last hour. */
    private void revokeTwice() {
        service.close();
        service = RunningService.start("--redis.prefix=" + Api.fresh("manual"));
        api = new Api(service);
        CommandRun.of(service, "revoke", "user", "joe", "--reason=laptop stolen", "--reason-code=compromise");
        api.invalidateAccess(api.access("corp", "jim"));
    }

    @Test
    void theFileOfContextsCanBeUsed() throws IOException {
        Block yaml = BLOCKS.stream()
                .filter(block -> block.language().equals("yaml"))
                .findFirst()
                .orElseThrow();
        String text = yaml.text()
                .replace("https://revoker-1.example.com", "http://127.0.0.1:1")
                .replace("https://revoker-2.example.com", service.uri("").toString());
        Path file = Files.writeString(directory.resolve("contexts.yaml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("production.secret"), "secret\n");

        CommandRun run = CommandRun.in(Map.of("REVOKER_CONTEXTS", file.toString()), "", "locks");

        assertThat(run).isEqualTo(new CommandRun(0, "ID  TARGET  UNTIL  BY  REASON\n", ""));
    }

    private void register(String field) {
        api.register("{\"realm_name\":\"corp\",\"username\":\"anna\"," + field + ",\"mint\":[\"access_token\"]}");
    }

    private CommandRun run(String line, String input) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line.replace(" < token.txt", "")); word.find(); ) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return CommandRun.with(
                service, input, Map.of(), words.subList(1, words.size()).toArray(String[]::new));
    }

    private static String found(Pattern pattern, String text, String otherwise) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElse(otherwise);
    }

    /** What differs from run to run: ids, times, and how wide a column is. */
    private static String normal(String text) {
        String known =
                Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z").matcher(text).replaceAll("time");
        return known.strip()
                .replaceAll("(?m)^\\d{16} ", "sweep ")
                .replaceAll("(?m)^(corp +)?[A-Za-z0-9_-]{10}  ", "$1id  ")
                .replaceAll("(?m)^rv[ar]_\\S+$", "token")
                .replaceAll("\\d+ entries of \\d+ chains", "entries of chains")
                .replaceAll("watch \\d+", "watch …")
                .replaceAll("unlock \\w+", "unlock …")
                .replaceAll(" +", " ");
    }
}
