package io.revoker.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.revoker.caller.ClientFile.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One value at a time: the forms and bounds of ids and hashes, and files that hold no list of clients. */
class ClientFileValuesTest {
    private static final String HASH = "b333c0a4772e9e3c81513f7f52fb9f4fb83c835b7d2a21ce992ff14df8562cda";
    private static final String SALT = "AAECAwQFBgcICQoLDA0ODw==";
    private static final String DERIVED = "bUi5s0Pb71kEscciZtwSznxAaIxTJzc6JBj+UI0e1gw=";
    private static final String BCRYPT = "abcdefghijklmnopqrstuu.re4/lWF.zqrrGnYy1AP3doZ95IIwKq";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a\\nb", "a\\0b", "a\\x7fb"})
    void refusesAnIdThatNoHeaderCouldCarry(String id) throws IOException {
        assertThat(faults(ClientYaml.of(id, "sha256:" + HASH)))
                .containsExactly(
                        "clients[0].id: malformed (expected: 1 to 256 characters without ':' and control characters)");
    }

    @Test
    void boundsTheIdAt256Characters() throws IOException {
        assertThat(read(ClientYaml.of("i".repeat(256), "sha256:" + HASH))).hasSize(1);
        assertThat(faults(ClientYaml.of("i".repeat(257), "sha256:" + HASH))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbkdf2-sha256:10000:" + SALT + ":" + DERIVED,
                "pbkdf2-sha256:5000000:" + SALT + ":" + DERIVED,
                "bcrypt:$2b$04$" + BCRYPT,
                "bcrypt:$2b$16$" + BCRYPT
            })
    void takesHashesUpToTheirBounds(String secret) throws IOException {
        assertThat(read(ClientYaml.of("ops", secret))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sha256:" + HASH + "0 | malformed sha256 (expected: 64 hex digits)",
                "sha256:g" + HASH + " | malformed sha256 (expected: 64 hex digits)",
                "pbkdf2-sha256:9999:" + SALT + ":" + DERIVED + " | pbkdf2 iterations 9999 (expected: 10000 to 5000000)",
                "pbkdf2-sha256:5000001:" + SALT + ":" + DERIVED
                        + " | pbkdf2 iterations 5000001 (expected: 10000 to 5000000)",
                "pbkdf2-sha256:10000:AAEC:" + DERIVED + " | bytes of pbkdf2 salt 3 (expected: 16 to 64)",
                "pbkdf2-sha256:10000:" + SALT + ":AAEC | bytes of pbkdf2 hash 3 (expected: 32)",
                "pbkdf2-sha256:10000:" + SALT
                        + " | malformed pbkdf2-sha256 (expected: <iterations>:<base64 salt>:<base64 hash>)",
                "pbkdf2-sha256:10000:" + SALT + ":A"
                        + " | malformed pbkdf2-sha256 (expected: <iterations>:<base64 salt>:<base64 hash>)",
                "pbkdf2-sha256:9999999999:" + SALT + ":" + DERIVED
                        + " | malformed pbkdf2-sha256 (expected: <iterations>:<base64 salt>:<base64 hash>)",
                "bcrypt:$2b$03$" + BCRYPT + " | bcrypt cost 3 (expected: 4 to 16)",
                "bcrypt:$2b$17$" + BCRYPT + " | bcrypt cost 17 (expected: 4 to 16)",
                "bcrypt:$2x$10$" + BCRYPT + " | malformed bcrypt (expected: $2b$<cost>$<53 characters>)",
                "bcrypt:$2b$10$" + BCRYPT + "x | malformed bcrypt (expected: $2b$<cost>$<53 characters>)"
            })
    void refusesHashesBeyondTheirFormOrBounds(String secret, String fault) throws IOException {
        assertThat(faults(ClientYaml.of("ops", secret))).containsExactly("clients[0].secret: " + fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "hunter2:x", "SHA256:" + HASH, "", ":", "md5:hunter2"})
    void refusesAnyOtherKindWithoutRepeatingIt(String secret) throws IOException {
        assertThat(faults(ClientYaml.of("ops", secret)))
                .singleElement()
                .asString()
                .startsWith("clients[0].secret: malformed (expected: sha256:<64 hex digits>, ")
                .doesNotContain("hunter2", HASH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file: absent (expected: clients)",
                "# nothing | the file: absent (expected: clients)",
                "{} | clients: absent (expected: a list of one or more)",
                "clients: [] | clients: empty (expected: a list of one or more)",
                "clients: {} | clients: object (expected: a list of one or more)",
                "[] | the file: array (expected: clients)"
            })
    void refusesAFileWithoutClients(String text, String fault) throws IOException {
        assertThat(faults(text)).containsExactly(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clients: [", "\"", "clients: []\nclients: []\n", "clients: []\n---\nclients: []\n"})
    void refusesWhatIsNotOneDocumentWithEveryKeyOnce(String text) throws IOException {
        assertThat(faults("# " + HASH + "\n" + text))
                .singleElement()
                .asString()
                .startsWith("the file: malformed at line ")
                .endsWith("(expected: YAML or JSON, every key once)");
    }

    @Test
    void tellsNothingOfALineThatTheParserChokesOn() throws IOException {
        assertThat(faults(ClientYaml.of("ops", HASH + "\" \"sha256")))
                .singleElement()
                .asString()
                .doesNotContain(HASH);
    }

    @Test
    void boundsTheFileAtAMebibyte() throws IOException {
        assertThat(faults("#".repeat((1 << 20) + 1)))
                .containsExactly("the file: too long (expected: at most 1048576 bytes)");
    }

    private List<Client> read(String text) throws IOException {
        return ClientFile.read(Files.writeString(directory.resolve("clients.yaml"), text));
    }

    private List<String> faults(String text) throws IOException {
        return catchThrowableOfType(DocumentException.class, () -> read(text)).problems();
    }
}
