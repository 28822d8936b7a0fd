package io.revoker.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final String SIGNED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2UifQ";
    private static final Signature REGISTERED = Signature.of(SIGNED + ".-_8");

    /** The bytes fb ff in other spellings: with padding, with bits beyond the last byte, in the other alphabet. */
    @ParameterizedTest
    @ValueSource(strings = {".-_8", ".-_8=", ".-_9", ".-_-", ".+/8", ".+/8="})
    void isOfTheBytesNotOfTheirSpelling(String signature) {
        assertThat(REGISTERED.admits(Signature.of(SIGNED + signature))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".-_", ".-_8A", ".-_8==", ".-_7", ".%%%", ".-_8 "})
    void isNoOther(String signature) {
        assertThat(REGISTERED.admits(Signature.of(SIGNED + signature))).isFalse();
    }

    @Test
    void isAbsentFromWhatIsNoJwt() {
        assertThat(Signature.of("opaque")).isEqualTo(Signature.ABSENT);
        assertThat(Signature.of("opaque.with.dots")).isEqualTo(Signature.ABSENT);
        assertThat(Signature.of(SIGNED)).isEqualTo(Signature.ABSENT);
        assertThat(Signature.ABSENT.admits(REGISTERED)).isFalse();
        assertThat(Signature.of(SIGNED + ".").form()).isEqualTo(Signature.Form.PRESENT);
    }

    /** Two that cannot be decoded are two all the same. */
    @Test
    void tellsTextsApartThatAreNoBase64() {
        Signature one = Signature.of(SIGNED + ".%1");

        assertThat(one.admits(Signature.of(SIGNED + ".%1"))).isTrue();
        assertThat(one.admits(Signature.of(SIGNED + ".%2"))).isFalse();
    }

    @Test
    void admitsEveryOneWhereNoneWasKept() {
        assertThat(Signature.UNRECORDED.admits(REGISTERED)).isTrue();
        assertThat(Signature.UNRECORDED.admits(Signature.ABSENT)).isTrue();
    }
}
