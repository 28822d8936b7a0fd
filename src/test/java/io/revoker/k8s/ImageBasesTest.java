package io.revoker.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Both ways to the image stand on the same base, and on its content rather than on its name. */
class ImageBasesTest {
    private static final String PINNED = "docker\\.io/library/\\S+:\\S+@sha256:[0-9a-f]{64}";

    @Test
    void arePinnedToTheirContent() throws IOException {
        assertThat(ofTheDockerfile())
                .hasSize(2)
                .allSatisfy(base -> assertThat(base).matches(PINNED));
    }

    @Test
    void areTheSameWithAndWithoutADaemon() throws IOException {
        String base =
                all("<revoker\\.image\\.base>(\\S+)</", Path.of("pom.xml")).get(0);

        assertThat(ofTheDockerfile()).last().isEqualTo(base);
    }

    private static List<String> ofTheDockerfile() throws IOException {
        return all("(?m)^FROM (\\S+)", Path.of("Dockerfile"));
    }

    private static List<String> all(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
