package io.revoker.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
    void findsTheOneField(String form, String value) {
        assertThat(only(form)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "token=",
                "Token=a",
                "token=a&token=b",
                "token=a&token=",
                "token=%zz",
                "token=%e4",
                "token=a&b=%c3",
                "token=a&b=%2"
            })
    void findsNothingElse(String form) {
        assertThat(only(form)).isEmpty();
    }

    @Test
    void readsSixteenFieldsAndNoMore() {
        assertThat(only("x=1&".repeat(15) + "token=a")).contains("a");
        assertThat(only("token=a" + "&x=1".repeat(16))).isEmpty();
    }

    private static Optional<String> only(String form) {
        return Form.read(form.getBytes(UTF_8)).only("token");
    }
}
