package io.revoker.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.domain.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    @ParameterizedTest
    @CsvSource({
        "token=a, a",
        "token=a&hint=b, a",
        "hint=b&token=a&, a",
        "hint&token=a==, a==",
        "t%6Fken=%c3%a4+%2B, ä +",
        "&&token=a, a",
        "token=ä%c3%a4, ää"
    })
    void findsAField(String form, String value) {
        assertThat(token(form)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token", "token=", "Token=a", "=token", "a=token"})
    void findsNothingElse(String form) {
        assertThat(token(form)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token=a&token=b|token: given more than once",
                "token=a&token=|token: given more than once",
                "token=a&token|token: given more than once",
                "token=a&tok%65n=a|token: given more than once",
                "token=%zz|form: not percent-encoded",
                "token=%|form: not percent-encoded",
                "token=%+1|form: not percent-encoded",
                "token=a&b=%2|form: not percent-encoded",
                "token=%e4|form: not UTF-8",
                "token=a&b=%c3|form: not UTF-8",
                "token=%c1%ac|form: not UTF-8"
            })
    void refusesWhatCanBeReadInTwoWays(String form, String reason) {
        assertThatThrownBy(() -> token(form)).isInstanceOf(Problem.class).hasMessageStartingWith(reason);
    }

    @Test
    void readsSixteenFieldsAndNoMore() {
        StringBuilder fifteen = new StringBuilder();
        for (int i = 0; i < 15; i++) {
            fifteen.append("x").append(i).append("=1&");
        }

        assertThat(token(fifteen + "token=a")).contains("a");
        assertThatThrownBy(() -> token(fifteen + "token=a&y=1"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("form: too many parameters (expected: at most 16)");
    }

    private static Optional<String> token(String form) {
        return Form.read(form.getBytes(UTF_8)).value("token");
    }
}
