package io.revoker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.revoker.cli.CommandRun;
import io.revoker.testing.Api;
import io.revoker.testing.Manual;
import io.revoker.testing.MarkdownBlocks.Block;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the audit trail shows what there is. */
class AuditManualTest {
    private static final List<Block> BLOCKS = Manual.blocks().stream()
            .filter(block -> block.place().contains("audit.md"))
            .toList();

    private RunningService service;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() {
        service = RunningService.start(
                "--audit.interval=100ms",
                "--runtime.instances=1",
                "--oauth.issuer=https://auth.example",
                "--signing.file=" + SigningFile.in(directory));
        new Api(service).access("corp", "joe");
        service.call("POST", "/v1/revocations")
                .json("{\"target\":{\"realm_name\":\"corp\",\"username\":\"joe\"},"
                        + "\"reason\":{\"code\":\"compromise\",\"text\":\"laptop stolen\"}}")
                .send();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void asksAndIsAnsweredAsShown() throws JsonProcessingException {
        Matcher url = Pattern.compile("http://[^/]+(/[^']+)'").matcher(text("bash"));
        assertThat(url.find()).isTrue();
        JsonNode shown = new ObjectMapper().readTree(text("json"));

        JsonNode answer = service.call("GET", url.group(1)).send().json();

        assertThat(members(answer.at("/entries/0"))).isEqualTo(members(shown.at("/entries/0")));
        for (String member : List.of("kind", "via", "target", "realm_name", "username", "reason", "outcome")) {
            assertThat(answer.at("/entries/0").path(member))
                    .isEqualTo(shown.at("/entries/0").path(member));
        }
        assertThat(shown.has("next")).isTrue();
    }

    @Test
    void checksThatItIsWholeAsShown() {
        Waiting.until(
                "signed",
                () -> service.call("GET", "/v1/audit/chains").send().body().contains("signature"));
        CommandRun run = CommandRun.of(service, "audit", "verify");

        assertThat(run.status()).isZero();
        List<String> shown = BLOCKS.stream()
                .filter(block -> block.language().isEmpty())
                .map(Block::text)
                .map(AuditManualTest::normal)
                .toList();
        assertThat(shown).hasSize(2);
        assertThat(normal(run.out())).isEqualTo(shown.get(1)).endsWith(shown.get(0));
    }

    private static String text(String language) {
        return BLOCKS.stream()
                .filter(block -> block.language().equals(language))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static Set<String> members(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String normal(String text) {
        return text.strip().replaceAll("\\d+", "n");
    }
}
