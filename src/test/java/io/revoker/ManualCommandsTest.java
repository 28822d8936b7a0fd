package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.revoker.testing.Configurations;
import io.revoker.testing.Manual;
import io.revoker.testing.MarkdownBlocks.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shell lines of the manual that are not run elsewhere: what they name is there. */
class ManualCommandsTest {
    private static final Pattern OPTION = Pattern.compile("--[a-z]+[.-][a-z.-]+=\\S+");
    private static final Pattern FILE = Pattern.compile("(?<![\\w/])(?:k8s|conf)/[\\w./-]+");

    private final List<String> lines = Manual.blocks().stream()
            .filter(Block::isShell)
            .flatMap(block -> block.text().lines())
            .toList();

    @Test
    void theServiceTakesTheOptionsOfEachStart() {
        List<String> starts =
                lines.stream().filter(line -> line.contains("revoker.jar")).toList();

        assertThat(starts)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(start -> assertThatCode(() -> Configurations.of(all(OPTION, start), Map.of()))
                        .as(start)
                        .doesNotThrowAnyException());
        assertThat(starts.stream().flatMap(start -> all(OPTION, start).stream()))
                .contains("--http.port=9080", "--signing.file=signing.pem");
    }

    @Test
    void theFilesAreThere() {
        List<String> files =
                lines.stream().flatMap(line -> all(FILE, line).stream()).toList();

        assertThat(files)
                .contains("k8s/overlays/try-out", "conf/java.args")
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    private static List<String> all(Pattern pattern, String line) {
        return pattern.matcher(line).results().map(MatchResult::group).toList();
    }
}
