package io.revoker.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.domain.store.MarkId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalNameTest {
    private static final long SEED = new Random().nextLong();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "J\u00fcrgen|Ju\u0308rgen",
                "joe| joe ",
                "joe|\u00a0joe\u3000",
                "Ann Lee|Ann\u00a0Lee",
                "joe|\uff4a\uff4f\uff45",
                "\u30ac|\uff76\uff9e",
                "\u00c5ngstr\u00f6m|\u212bngstro\u0308m",
                "\u1e69|s\u0307\u0323",
                "\uac00|\u1100\u1161",
                "joe|jo\u200de",
                "\u0646\u0627\u0645\u0647\u0627\u06cc|\u0646\u0627\u0645\u0647\u200c\u0627\u06cc",
                "\u2764|\u2764\ufe0f",
            })
    void isTheSameForAllFormsOfAName(String name, String other) {
        assertThat(new UserName(other)).isEqualTo(new UserName(name)).hasSameHashCodeAs(new UserName(name));
        assertThat(new RealmId(other)).isEqualTo(new RealmId(name)).hasSameHashCodeAs(new RealmId(name));
        assertThat(new UserName(other).value()).isEqualTo(other);
        assertThat(MarkId.ofUser(new UserName(other))).isEqualTo(MarkId.ofUser(new UserName(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "joe|Joe",
                "joe|j\u043ee",
                "two words|two  words",
                "fin|\ufb01n",
                "m2|m\u00b2",
                "O'Brien|O\u2019Brien"
            })
    void differsWhereNamesDo(String name, String other) {
        assertThat(new UserName(other)).isNotEqualTo(new UserName(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joe\n",
                "\tjoe",
                "jo\u0000e",
                "joe\u007f",
                "\u0085joe",
                "joe\u200b",
                "\ufeffjoe",
                "\u200ejoe",
                "jo\u00ade",
                "jo\u202ee",
                "joe\u2028",
                "joe\u2029",
                "\ue000",
                "\u0378",
                "\uffff",
                "jo\u034fe",
                "joe\u3164",
                "joe\uffa0",
                "\udbff\udffd"
            })
    void isRefusedToWhatNobodyCanSee(String name) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new UserName(name))
                .withMessageMatching(
                        "username: the character U\\+[0-9A-F]{4,6} \\(expected: characters that can be seen\\)");
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> new RealmId(name));
        assertThat(UserName.stored(name).key()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u65e5\u672c\u8a9e", "\ud83d\ude00", "\u20ac 5 \u2013 \u00a7", "corp/%{}*", "\u05d0\u05d1 ann"})
    void letsInWhatCanBeSeen(String name) {
        assertThat(new UserName(name).key()).isEqualTo(name);
    }

    @Test
    void isOneOfItsOwnForBlanks() {
        assertThat(new UserName(" \u00a0 ").hasOnlyBlanks()).isTrue();
        assertThat(new UserName(" \u200d")).isEqualTo(new UserName(" "));
        assertThat(new UserName("x").hasOnlyBlanks()).isFalse();
    }

    @Test
    void isItsOwn() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String key = UserName.stored(anyName(random)).key();
            assertThat(UserName.stored(key).key())
                    .as("seed %d, run %d", SEED, i)
                    .isEqualTo(key);
        }
    }

    private static String anyName(Random random) {
        int[] blocks = {0x20, 0x80, 0x300, 0x900, 0x1100, 0x2000, 0x3040, 0xac00, 0xff00, 0x1f600};
        StringBuilder name = new StringBuilder();
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            name.appendCodePoint(blocks[random.nextInt(blocks.length)] + random.nextInt(0xf0));
        }
        return name.toString();
    }
}
