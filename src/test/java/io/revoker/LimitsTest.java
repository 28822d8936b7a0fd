package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sizes and the names that keep the code and the README easy to read. */
class LimitsTest {
    private static final int LONGEST_FILE = 230;
    private static final int LARGEST_PACKAGE = 25;
    private static final int LONGEST_README = 160;
    private static final int WIDEST_README = 120;
    private static final Path README = Path.of("README.md");

    /** The client's jar and the service must not depend on each other, and these are terms of what they exchange. */
    private static final Set<String> TWINS = Set.of(
            "FeedEvent", // an event of the feed: one is written, the other read
            "SeenRealms", // the realms that a stream of the feed says it has
            "CanonicalName"); // the one form of a name that both hash

    private static final Pattern TYPE =
            Pattern.compile("^ *(?:[a-z-]+ )*(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);
    /** A problem is what the caller can do something about, a failure is what code sees. */
    private static final Pattern OTHER_WORD_FOR_A_PROBLEM = Pattern.compile(".*(Fault|Refusal|Cause|Trouble).*");
    /** Config is what the operator sets, settings are what a part is made with. */
    private static final Pattern OTHER_WORD_FOR_SETTINGS = Pattern.compile(".*(Limits|Bounds|Setup|Tools)");

    private static final Set<String> WORDS_OF_OTHERS = Set.of(
            "ErrorCause", // Elasticsearch's clients call it so
            "Cause", // the same on the wire: root_cause, caused_by
            "RevokerTools"); // the Model Context Protocol calls them tools

    private static List<Path> files;

    @BeforeAll
    static void find() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            files = all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(500);
    }

    @Test
    void noFileIsLong() {
        assertThat(files)
                .allSatisfy(file -> assertThat(text(file).lines().count())
                        .as("lines of %s", file)
                        .isLessThanOrEqualTo(LONGEST_FILE));
    }

    @Test
    void noPackageHasManyTypes() {
        assertThat(files.stream().collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                .allSatisfy((folder, types) ->
                        assertThat(types).as("types of %s", folder).isLessThanOrEqualTo(LARGEST_PACKAGE));
    }

    @Test
    void noTypeNameIsThereTwice() {
        Map<String, List<Path>> byName = files.stream().collect(Collectors.groupingBy(LimitsTest::name));

        assertThat(byName)
                .allSatisfy((name, same) ->
                        assertThat(same.size()).as("%s", same).isLessThanOrEqualTo(TWINS.contains(name) ? 2 : 1));
        assertThat(TWINS)
                .allSatisfy(name -> assertThat(byName.get(name)).as(name).hasSize(2));
    }

    @Test
    void eachThingHasOneWord() {
        List<String> names = files.stream()
                .flatMap(file -> TYPE.matcher(text(file)).results())
                .map(type -> type.group(1))
                .toList();

        assertThat(names).contains("Problem", "CheckRoute").containsAll(WORDS_OF_OTHERS);
        assertThat(names.stream().filter(name -> !WORDS_OF_OTHERS.contains(name)))
                .noneMatch(name -> OTHER_WORD_FOR_A_PROBLEM.matcher(name).matches())
                .noneMatch(name -> OTHER_WORD_FOR_SETTINGS.matcher(name).matches());
    }

    @Test
    void theReadmeIsShortAndNarrow() {
        assertThat(Manual.text(README).lines())
                .hasSizeLessThanOrEqualTo(LONGEST_README)
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(WIDEST_README));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String text(Path file) {
        return Manual.text(file);
    }
}
