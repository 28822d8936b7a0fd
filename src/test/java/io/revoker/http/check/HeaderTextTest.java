package io.revoker.http.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.check.CheckAnswer.HeaderText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of earlier versions have clients and scopes of any characters; a header must not. */
class HeaderTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`a\r\nX-Auth-Realm: root`, a%0D%0AX-Auth-Realm: root",
                "`\u0000\u007f`, %00%7F",
                "`read\twrite`, read%09write",
                "` read `, %20read%20",
            })
    void holdsNoControlCharacters(String text, String header) {
        assertThat(HeaderText.of(text)).isEqualTo(header);
    }
}
