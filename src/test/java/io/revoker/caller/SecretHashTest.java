package io.revoker.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes were made by other programs: OpenSSL 3.0 (sha256, PBKDF2; Python's hashlib agrees) and libxcrypt (bcrypt). */
class SecretHashTest {
    private static final String SECRET = "correct horse bättery";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:b333c0a4772e9e3c81513f7f52fb9f4fb83c835b7d2a21ce992ff14df8562cda",
                "sha256:B333C0A4772E9E3C81513F7F52FB9F4FB83C835B7D2A21CE992FF14DF8562CDA",
                "pbkdf2-sha256:10000:AAECAwQFBgcICQoLDA0ODw==:bUi5s0Pb71kEscciZtwSznxAaIxTJzc6JBj+UI0e1gw=",
                "pbkdf2-sha256:10000:AAECAwQFBgcICQoLDA0ODw:bUi5s0Pb71kEscciZtwSznxAaIxTJzc6JBj+UI0e1gw",
                "bcrypt:$2a$04$abcdefghijklmnopqrstuu.re4/lWF.zqrrGnYy1AP3doZ95IIwKq",
                "bcrypt:$2b$04$abcdefghijklmnopqrstuu.re4/lWF.zqrrGnYy1AP3doZ95IIwKq",
                "bcrypt:$2y$04$abcdefghijklmnopqrstuu.re4/lWF.zqrrGnYy1AP3doZ95IIwKq"
            })
    void matchesItsSecretAlone(String line) {
        SecretHash hash = hash(line);

        assertThat(hash.matches(secret(SECRET))).isTrue();
        assertThat(hash.matches(secret("correct horse battery"))).isFalse();
        assertThat(hash.matches(secret(SECRET + " "))).isFalse();
        assertThat(hash.matches(secret(SECRET.toUpperCase(Locale.ROOT)))).isFalse();
    }

    @Test
    void matchesBcryptUpTo72BytesAndNotBeyond() {
        SecretHash hash = hash("bcrypt:$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i");

        assertThat(hash.matches(secret("x".repeat(72)))).isTrue();
        assertThat(hash.matches(secret("x".repeat(71)))).isFalse();
        assertThat(hash.matches(secret("x".repeat(73)))).isFalse();
    }

    @Test
    void ranksTheKindsByWhatTheyCost() {
        SecretHash sha256 = hash(HashFormat.sha256(secret(SECRET)));
        SecretHash pbkdf2 =
                hash("pbkdf2-sha256:10000:AAECAwQFBgcICQoLDA0ODw==:bUi5s0Pb71kEscciZtwSznxAaIxTJzc6JBj+UI0e1gw=");
        SecretHash bcrypt = hash("bcrypt:$2b$16$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i");

        assertThat(sha256.isSlow()).isFalse();
        assertThat(pbkdf2.isSlow()).isTrue();
        assertThat(bcrypt.cost()).isGreaterThan(pbkdf2.cost());
    }

    @Test
    void makesLinesThatItReads() {
        assertThat(HashFormat.sha256(secret(SECRET)))
                .isEqualTo("sha256:b333c0a4772e9e3c81513f7f52fb9f4fb83c835b7d2a21ce992ff14df8562cda");
        assertThat(hash(HashFormat.pbkdf2(secret(SECRET))).matches(secret(SECRET)))
                .isTrue();
    }

    @Test
    void saltsAfresh() {
        assertThat(HashFormat.pbkdf2(secret(SECRET))).isNotEqualTo(HashFormat.pbkdf2(secret(SECRET)));
    }

    private static SecretHash hash(String line) {
        List<String> faults = new ArrayList<>();
        Optional<SecretHash> hash = HashFormat.parse(line, faults::add);
        assertThat(faults).isEmpty();
        return hash.orElseThrow();
    }

    private static ClientSecret secret(String text) {
        return ClientSecret.of(text).orElseThrow();
    }
}
