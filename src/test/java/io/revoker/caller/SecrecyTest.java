package io.revoker.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.revoker.caller.ClientFile.Client;
import io.revoker.caller.Credentials.Claim;
import io.revoker.domain.RealmScope;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of this package prints a secret or a hash. */
class SecrecyTest {
    private static final String SHA256 = "b333c0a4772e9e3c81513f7f52fb9f4fb83c835b7d2a21ce992ff14df8562cda";
    private static final String DERIVED = "bUi5s0Pb71kEscciZtwSznxAaIxTJzc6JBj+UI0e1gw=";
    private static final String BCRYPT = "abcdefghijklmnopqrstuu.re4/lWF.zqrrGnYy1AP3doZ95IIwKq";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:" + SHA256,
                "pbkdf2-sha256:10000:AAECAwQFBgcICQoLDA0ODw==:" + DERIVED,
                "bcrypt:$2b$04$" + BCRYPT
            })
    void printsNoHash(String line) {
        SecretHash hash = HashFormat.parse(line, fault -> {}).orElseThrow();
        Client client = new Client(new Caller("ops", Set.of(Privilege.CHECK), RealmScope.ALL), hash);

        assertThat(client.toString() + hash).contains("ops").doesNotContain(SHA256, DERIVED, BCRYPT, "AAECAw");
    }

    @Test
    void printsNoSecret() {
        Credentials credentials = Credentials.parse(Optional.of("Basic b3BzOmh1bnRlcjIlMjE="));

        assertThat(credentials.toString())
                .isEqualTo(
                        "Presented[scheme=BASIC, claims=[Claim[id=ops, secret=hidden], Claim[id=ops, secret=hidden]]]");
    }

    /** What a record holds it prints: so a record holds a secret only as a type that hides it. */
    @Test
    void keepsSecretsAndHashesInTypesThatHideThem() {
        List<RecordComponent> suspects = records().stream()
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .filter(component -> component.getType().isArray()
                        || (component.getName().matches("(?i).*(secret|hash|password|header).*")
                                && component.getType() != ClientSecret.class
                                && component.getType() != SecretHash.class))
                .toList();

        assertThat(records()).contains(Claim.class, Client.class, Credentials.Presented.class);
        assertThat(suspects).isEmpty();
    }

    private static List<Class<?>> records() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.revoker.caller")
                        .stream()
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .toList();
    }
}
