package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTest {
    @TempDir
    Path directory;

    @Test
    void tellsWhereAMalformedFileBreaksAndQuotesNothing() {
        assertThat(Loading.faultsOfFile(directory, """
                redis:
                  url: "redis://:hunter2@redis
                """))
                .singleElement()
                .asString()
                .startsWith(directory + "/my.yaml: malformed at line ")
                .endsWith(" (expected: YAML)")
                .doesNotContain("hunter2", "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: [", "http: {port: 1", "a: b: c", "\tx: 1", "http: \"\u0000\"", "%"})
    void aMalformedFileIsOneFault(String yaml) {
        assertThat(Loading.faultsOfFile(directory, yaml))
                .singleElement()
                .asString()
                .startsWith(directory + "/my.yaml: malformed")
                .doesNotContain("\n");
    }

    @Test
    void aDeepSectionIsNotFollowed() {
        assertThat(Loading.faultsOfFile(directory, "a: {".repeat(100) + "}".repeat(100)))
                .singleElement()
                .asString()
                .startsWith("a.a.a.a.a.a.a.a: a section (expected: a single value");
    }

    @Test
    void aBottomlessFileIsAMalformedOne() {
        assertThat(Loading.faultsOfFile(directory, "a: {".repeat(5000) + "}".repeat(5000)))
                .singleElement()
                .asString()
                .contains(": malformed");
    }

    @Test
    void readsNoMoreThanASettingsFileCanHold() {
        assertThat(Loading.faultsOfFile(directory, "#".repeat((1 << 20) + 1)))
                .containsExactly(directory + "/my.yaml: too long (expected: at most 1048576 bytes of YAML)");
    }

    @Test
    void tellsThatAFileIsAbsent() {
        assertThat(Loading.faultsOfOptions("--config=absent.yaml", "--http.port=x"))
                .containsExactly("absent.yaml: no such file (expected: a readable file)");
    }

    @Test
    void tellsThatAFileIsUnreadable() {
        assertThat(Loading.faultsOfOptions("--config=" + directory))
                .containsExactly(directory + ": unreadable (expected: a readable file)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "http:\n", "{}", "http: {}\n"})
    void aFileMaySetNothing(String yaml) {
        assertThat(Loading.file(directory, yaml)).isEqualTo(Loading.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"- http\n", "http\n", "http: {port: 1}\n---\nhttp: {port: 2}\n"})
    void aFileIsOneMapping(String yaml) {
        assertThat(Loading.faultsOfFile(directory, yaml))
                .containsExactly(
                        directory + "/my.yaml: not one mapping (expected: sections with settings, in one document)");
    }

    @Test
    void aSettingIsASingleValueAndASectionIsNot() {
        assertThat(Loading.faultsOfFile(directory, """
                http:
                  host: [a, b]
                  port: {number: 1}
                  backlog: &number 7
                  max-connections: *number
                sweep: 5
                """))
                .allMatch(fault -> fault.endsWith("; from " + directory + "/my.yaml)"))
                .extracting(fault -> fault.substring(0, fault.indexOf(';')))
                .containsExactly(
                        "http.host: a list (expected: a single value",
                        "http.port.number: unknown (expected: a setting of revoker.yaml",
                        "http.max-connections: an alias (expected: a single value",
                        "sweep: a single value (expected: a section");
    }

    @Test
    void aSettingStandsOnce() {
        assertThat(Loading.faultsOfFile(directory, "http: {port: 1, port: 2}"))
                .containsExactly("http.port: set twice (expected: once; from " + directory + "/my.yaml)");
    }

    @Test
    void takesAValueAsItIsWritten() {
        assertThat(Loading.file(directory, "redis.prefix: 007.10").redis().prefix())
                .isEqualTo("007.10");
    }

    @Test
    void anEmptyValueIsAnAbsentOne() {
        assertThat(Loading.file(directory, "clients: {file: }").clients().file())
                .isEmpty();
    }
}
