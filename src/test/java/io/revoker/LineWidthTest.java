package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments, scripts and the manual can be read without scrolling; the formatter sees to the code, but not to them. */
class LineWidthTest {
    private static final int WIDTH = 120;
    private static final Pattern COMMENT = Pattern.compile("^ *(/\\*\\*|\\*|//) .*");
    private static final Pattern LONG_ADDRESS = Pattern.compile("https?://\\S{60,}");

    @Test
    void commentsFit() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> COMMENT.matcher(line).matches())
                        .filter(LineWidthTest::isTooLong)
                        .forEach(line -> tooLong.add(file + ": " + line));
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void scriptsFit() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/io/revoker/redis"))) {
            assertThat(tooLong(files, ".lua")).isEmpty();
        }
    }

    @Test
    void settingsAndTheirExamplesFit() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf"))) {
            assertThat(tooLong(files, ".yaml")).isEmpty();
        }
    }

    /** Nothing formats them, so this looks at all lines. */
    private static List<String> tooLong(Stream<Path> files, String ending) throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files.filter(file -> file.toString().endsWith(ending)).toList()) {
            Files.readAllLines(file).stream()
                    .filter(LineWidthTest::isTooLong)
                    .forEach(line -> tooLong.add(file + ": " + line));
        }
        return tooLong;
    }

    /** Tables and blocks of code are as wide as what they show. */
    @Test
    void textOfTheManualFits() {
        for (Path page : Manual.pages()) {
            List<String> tooLong = new ArrayList<>();
            boolean code = false;
            for (String line : Manual.text(page).lines().toList()) {
                code ^= line.startsWith("```");
                if (!code && !line.startsWith("|") && isTooLong(line)) {
                    tooLong.add(line);
                }
            }
            assertThat(tooLong).as(page.toString()).isEmpty();
        }
    }

    private static boolean isTooLong(String line) {
        return line.length() > WIDTH && !LONG_ADDRESS.matcher(line).find();
    }
}
