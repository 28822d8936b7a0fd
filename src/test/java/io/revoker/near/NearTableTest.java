package io.revoker.near;

import static io.revoker.testing.Grants.holder;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Signature;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.Verdict;
import io.revoker.testing.Grants;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearTableTest {
    private static final int SIZE = 1000;

    private final NearTable table = new NearTable(SIZE);

    @Test
    void neverHoldsMoreThanItsSize() {
        for (int i = 0; i < 20 * SIZE; i++) {
            table.put(entry(token(), i));
        }

        assertThat(table.count()).isGreaterThan(SIZE / 2).isLessThanOrEqualTo(SIZE);
    }

    @Test
    void holdsTheNewestOfEachToken() {
        Token token = token();
        NearEntry newest = entry(token, 2);
        table.put(entry(token, 1));
        table.put(newest);

        assertThat(table.get(token.id())).isSameAs(newest);
        assertThat(table.count()).isEqualTo(1);
        assertThat(table.get(Grants.newId())).isNull();
    }

    @Test
    void keepsAFewTokensHoweverOldTheyAre() {
        Token token = token();
        table.put(entry(token, Long.MIN_VALUE));
        table.put(entry(token(), Long.MAX_VALUE));

        assertThat(table.get(token.id())).isNotNull();
    }

    private static NearEntry entry(Token token, long askedAt) {
        return NearEntry.of(token, Verdict.INVALIDATED, askedAt);
    }

    private static Token token() {
        return new Token(
                Grants.newId(),
                Signature.ABSENT,
                TokenKind.ACCESS,
                holder("corp", "joe"),
                Grants.access(holder("corp", "joe")).facts(),
                Grants.now().plus(Grants.LIFE),
                Token.State.LIVE,
                Stamp.NONE,
                Optional.empty());
    }
}
