package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.cli.terminal.CommandIo;
import io.revoker.testing.Configurations;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static final String ROOT_USAGE = "usage: java -jar revoker.jar [--config=FILE] [--SETTING=VALUE ...]";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CommandIo io =
            new CommandIo(InputStream.nullInputStream(), stream(printed), stream(errors), Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--http.port=1 --help", "--http.port 1 --help", "--version --help"})
    void printsItsHelpWhereverItIsAskedFor(String arguments) {
        assertThat(run(arguments)).hasValue(0);

        assertThat(printed())
                .startsWith("Revoker makes tokens stop working, now, everywhere.")
                .contains(ROOT_USAGE, "--config=FILE", "--version", "  config ", "  hash-secret ");
        assertThat(printed().lines()).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "serve --help; serve [--config=FILE]; --SETTING=VALUE ; 1   it could not start",
                "serve --http.port=1 --help; serve [--config=FILE]; --config=FILE ; 1   it could not start",
                "hash-secret --help; hash-secret [--stdin]; --stdin ; 2   ",
                "config --help; config print [--effective]; check ; 2   ",
                "config check --help; config check [--config=FILE]; --SETTING=VALUE ; 1   there is a problem",
                "config check --http.port=1 --help; config check [--config=FILE]; --config=FILE ; 1   there is a problem",
                "config print --help; config print [--effective]; --effective ; 1   "
            })
    void printsTheHelpOfACommand(String arguments, String synopsis, String option, String status) {
        assertThat(run(arguments)).hasValue(0);

        assertThat(printed())
                .contains("usage: java -jar revoker.jar ", synopsis, option, "Exit status:", "  0   ", "  " + status);
        assertThat(printed().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void explainsEveryExitStatus() {
        assertThat(run("--help")).hasValue(0);

        assertThat(printed())
                .contains(
                        "Exit status:", "  0   the service ran", "  1   the service could not start", "  2   the arg");
    }

    @Test
    void namesSettingsThatThereAre() {
        assertThat(run("--help")).hasValue(0);

        List<String> examples = Pattern.compile("--[a-z.]+=[a-z0-9:/]+")
                .matcher(printed())
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(examples).hasSize(2);
        assertThat(Configurations.of(examples, Map.of()).http().port()).isEqualTo(9090);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--http.port=1 --version",
                "serve --version",
                "hash-secret --version",
                "config check --version"
            })
    void saysThatClassesWithoutAJarHaveNoVersion(String arguments) {
        assertThat(run(arguments)).hasValue(0);

        assertThat(printed()).isEqualTo("revoker unknown: not run from its jar\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash-secret --no-such", "hash-secret hunter2", "hash-secret --stdin hunter2"})
    void answersWrongArgumentsWithTheUsageAndWithoutQuotingThem(String arguments) {
        assertThat(run(arguments)).hasValue(2);

        assertThat(printed()).isEmpty();
        assertThat(errors())
                .matches("(--no-such: no such option|argument: one too many)\nusage: "
                        + Pattern.quote("java -jar revoker.jar hash-secret [--stdin]\n"))
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "config, none",
        "config --http.port=1, another argument",
        "config check2, another argument",
        "'config chek --http.port=1', 'chek, did you mean check?'"
    })
    void asksWhichCommandOfConfigIsMeant(String arguments, String mistake) {
        assertThat(run(arguments)).hasValue(2);

        assertThat(errors())
                .startsWith("command: " + mistake
                        + " (expected: check or print)\nusage: java -jar revoker.jar config check ");
    }

    /** Once, and only if it looks like a command: anything else could be a secret. */
    @ParameterizedTest
    @CsvSource({
        "'hash-secrt --http.port=1 hunter', 'hash-secrt, did you mean hash-secret?'",
        "'confg check', 'confg, did you mean config?'",
        "zzz, zzz",
        "Hunter2, another argument"
    })
    void namesACommandThatThereIsNot(String arguments, String mistake) {
        assertThat(run(arguments)).hasValue(1);

        assertThat(errors())
                .startsWith("command: " + mistake
                        + " (expected: serve or config or hash-secret or doctor or revoke or lock or unlock or locks or tokens or sweeps or follow or audit or load or mcp or completion)\n"
                        + ROOT_USAGE);
        assertThat(errors()).doesNotContainIgnoringCase("hunter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "serve --http.port=1",
                "serve config",
                "--http.port=1",
                "--redis.url=--help",
                "--redis.password config",
                "--redis.password hash-secret",
                "--http.port=1 word"
            })
    void leavesSettingsToTheService(String arguments) {
        assertThat(run(arguments)).isEmpty();

        assertThat(printed() + errors()).isEmpty();
    }

    @Test
    void givesTheServiceItsSettingsWithoutTheCommand() {
        assertThat(Commands.settings(List.of("serve", "--http.port=1"))).containsExactly("--http.port=1");
        assertThat(Commands.settings(List.of("--http.port=1", "serve"))).containsExactly("--http.port=1", "serve");
    }

    @Test
    void startsTheServiceWithoutArguments() {
        assertThat(commands((options, variables) -> List.of()).run(List.of())).isEmpty();
    }

    @Test
    void handsTheSettingsToTheCheckAsTheyAre() {
        List<String> settings =
                List.of("--redis.password", "check", "@file", "word", "--http.host=${x}", "--no.such=1");
        List<String> arguments =
                Stream.concat(Stream.of("config", "check"), settings.stream()).toList();

        assertThat(commands((options, variables) -> options).run(arguments)).hasValue(1);

        assertThat(errors().lines()).containsExactlyElementsOf(settings);
    }

    private OptionalInt run(String arguments) {
        return commands((options, variables) -> List.of()).run(List.of(arguments.split(" ", -1)));
    }

    private Commands commands(SettingsCheck check) {
        return new Commands(io, check);
    }

    private String printed() {
        return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    private String errors() {
        return errors.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
