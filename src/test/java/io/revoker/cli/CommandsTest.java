package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.source.ConfigurationLoader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--http.port=1 --help", "hash-secret --help", "--version --help"})
    void tellsTheUsageWhereverItIsAskedFor(String arguments) {
        assertThat(run(arguments)).hasValue(0);

        assertThat(printed.toString(UTF_8))
                .contains("usage: java -jar revoker.jar", "hash-secret [--stdin]", "--config=FILE", "--version");
        assertThat(printed.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void tellsEveryExitStatus() {
        assertThat(run("config --help")).hasValue(0);

        assertThat(printed.toString(UTF_8))
                .contains(
                        "is none, 1 if there is one, 2 if config is asked for anything else",
                        "Exit status: 0, or 2 if its arguments or its");
    }

    @Test
    void namesSettingsThatThereAre() {
        assertThat(run("--help")).hasValue(0);

        List<String> examples = Pattern.compile("--[a-z.]+=[a-z0-9:/]+")
                .matcher(printed.toString(UTF_8))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(examples).hasSize(2);
        assertThat(ConfigurationLoader.load(examples, Map.of()).http().port()).isEqualTo(9090);
    }

    @Test
    void tellsThatClassesWithoutAJarHaveNoVersion() {
        assertThat(run("--version")).hasValue(0);

        assertThat(printed.toString(UTF_8)).isEqualTo("revoker unknown: not run from its jar\n");
    }

    @Test
    void handsTheRestOfItsArgumentsToACommand() {
        assertThat(run("hash-secret --no-such")).hasValue(2);

        assertThat(printed.toString(UTF_8)).isEqualToIgnoringNewLines("usage: hash-secret [--stdin]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "config no-such", "config --http.port=1"})
    void tellsHowTheSettingsAreAskedFor(String arguments) {
        assertThat(run(arguments)).hasValue(2);

        assertThat(printed.toString(UTF_8)).startsWith("usage: config check ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http.port=1", "--redis.url=--help", "word"})
    void leavesEverythingElseToTheService(String arguments) {
        assertThat(run(arguments)).isEmpty();

        assertThat(printed.size()).isZero();
    }

    @Test
    void startsTheServiceWithoutArguments() {
        assertThat(commands().run(List.of())).isEmpty();
    }

    private OptionalInt run(String arguments) {
        return commands().run(List.of(arguments.split(" ", -1)));
    }

    private Commands commands() {
        PrintStream out = new PrintStream(printed, true, UTF_8);
        return new Commands(
                new Surroundings(InputStream.nullInputStream(), out, out, Map.of()), (options, variables) -> List.of());
    }
}
