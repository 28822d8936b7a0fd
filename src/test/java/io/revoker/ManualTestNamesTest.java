package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Manual;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual says which test proves what: each of these tests is there. */
class ManualTestNamesTest {
    private static final List<Path> TESTS = List.of(Path.of("src/test/java"), Path.of("src/bench/java"));
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*(?:Test|IT))\\b[^`]*`");
    private static final Pattern METHOD = Pattern.compile("`([a-z]\\w+)`");
    private static final String HEADING = "test";

    @Test
    void eachClassThatThePagesNameIsThere() {
        List<String> files = sources()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();

        assertThat(Manual.pages().stream().flatMap(page -> names(CLASS, Manual.text(page))))
                .contains("GatewaysTest", "KafkaBrokerIT")
                .isSubsetOf(files);
    }

    @Test
    void eachMethodThatAColumnOfTestsNamesIsThere() {
        String code = String.join("\n", sources().map(Manual::text).toList());

        assertThat(Manual.pages().stream().flatMap(ManualTestNamesTest::cells).flatMap(cell -> names(METHOD, cell)))
                .contains("refusesWhatHasBeenRevoked", "hearsOfNamesThatAreNotCanonical")
                .allSatisfy(name -> assertThat(code).contains("void " + name + "("));
    }

    /** Of the columns whose heading is "test". */
    private static Stream<String> cells(Path page) {
        Stream.Builder<String> cells = Stream.builder();
        int column = -1;
        for (String line : Manual.text(page).lines().toList()) {
            List<String> row =
                    List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
            if (!line.startsWith("|")) {
                column = -1;
            } else if (column < 0) {
                column = row.contains(HEADING) ? row.indexOf(HEADING) : row.size();
            } else if (column < row.size()) {
                cells.add(row.get(column));
            }
        }
        return cells.build();
    }

    private static Stream<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    private static Stream<Path> sources() {
        return TESTS.stream().flatMap(ManualTestNamesTest::below);
    }

    private static Stream<Path> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
