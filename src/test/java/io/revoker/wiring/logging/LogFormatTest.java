package io.revoker.wiring.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import ch.qos.logback.classic.Level;
import io.revoker.config.Configuration.LoggingConfig.Format;
import io.revoker.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern PAIR_IN_A_MESSAGE = Pattern.compile("LOG\\.\\w+\\(\\s*\"[^\"]*=\\{}");

    /** As a field of its own a value can be asked for in JSON as well. */
    @Test
    void noMessageHasAPairInIt() throws IOException {
        assertThat(PAIR_IN_A_MESSAGE
                        .matcher("LOG.info(\n  \"sweep={} ended\", sweep)")
                        .find())
                .isTrue();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources)
                    .hasSizeGreaterThan(100)
                    .noneMatch(file ->
                            PAIR_IN_A_MESSAGE.matcher(contentOf(file.toFile())).find());
        }
    }

    @Test
    void takesInWhatLogsByTheJdk() {
        LogFormat.set(Format.TEXT);
        try (LogCapture log = LogCapture.open(Level.INFO)) {
            java.util.logging.Logger.getLogger("of.the.jdk").warning("heard");

            assertThat(log.lines()).containsExactly("WARN of.the.jdk heard");
        }
    }
}
