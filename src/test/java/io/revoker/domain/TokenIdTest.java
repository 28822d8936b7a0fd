package io.revoker.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIdTest {

    /** FIPS 180-2, appendix B.1: SHA-256 of "abc" begins with ba7816bf 8f01cfea 414140de 5dae2223. */
    @Test
    void isTheBeginningOfTheSha256() {
        assertThat(TokenId.of("abc").bytes())
                .isEqualTo(ByteBuffer.allocate(16)
                        .putLong(0xba7816bf8f01cfeaL)
                        .putLong(0x414140de5dae2223L)
                        .array());
        assertThat(TokenId.of("abc").value()).isEqualTo("ungWv48Bz-pBQUDeXa4iIw");
    }

    @Test
    void isTheSameAfterAnotherWasTaken() {
        TokenId first = TokenId.of("abc");
        TokenId other = TokenId.of("other");

        assertThat(first.value()).isEqualTo("ungWv48Bz-pBQUDeXa4iIw");
        assertThat(first).isEqualTo(TokenId.of("abc")).hasSameHashCodeAs(TokenId.of("abc"));
        assertThat(first).isNotEqualTo(other);
    }

    @Test
    void comesBackFromItsText() {
        assertThat(new TokenId(TokenId.of("abc").value())).isEqualTo(TokenId.of("abc"));
        assertThat(TokenId.of("abc")).hasToString("ungWv48Bz-pBQUDeXa4iIw");
    }

    @Test
    void ofAJwtLeavesItsSignatureOut() {
        assertThat(TokenId.of("eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2UifQ.one"))
                .isEqualTo(TokenId.of("eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2UifQ.two"));
        assertThat(TokenId.of("opaque.with.dots")).isNotEqualTo(TokenId.of("opaque.with.others"));
    }

    /** The last of them has bits beyond the 128: two texts must not be one id. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ungWv48Bz-pBQUDeXa4iI",
                "ungWv48Bz-pBQUDeXa4iIwA",
                "ungWv48Bz+pBQUDeXa4iIw",
                "ungWv48Bz-pBQUDeXa4iIx"
            })
    void hasNoOtherText(String text) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new TokenId(text))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID));
    }

    @Test
    void tellsTheSameIdInTwoRealmsApart() {
        TokenId id = TokenId.of("1");
        TokenId ours = id.inRealm(new RealmId("corp"));

        assertThat(ours).isEqualTo(new TokenId(id.value()).inRealm(new RealmId("corp")));
        assertThat(ours)
                .isNotEqualTo(id.inRealm(new RealmId("other")))
                .isNotEqualTo(TokenId.of("2").inRealm(new RealmId("corp")))
                .isNotEqualTo(id);
    }

    @Test
    void tellsTheSameJtiOfTwoRealmsApart() {
        TokenId ours = TokenId.ofJti(new RealmId("corp"), "1");

        assertThat(ours).isEqualTo(TokenId.ofJti(new RealmId("corp"), "1"));
        assertThat(ours)
                .isNotEqualTo(TokenId.ofJti(new RealmId("corp1"), ""))
                .isNotEqualTo(TokenId.ofJti(new RealmId("other"), "1"))
                .isNotEqualTo(TokenId.of("1"));
    }
}
