package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

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
        "&&token=a, a"
    })
    void findsTheOneField(String form, String value) {
        assertThat(Form.only("token", form)).contains(value);
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
                "token=a&b=%2"
            })
    void findsNothingElse(String form) {
        assertThat(Form.only("token", form)).isEmpty();
    }

    @Test
    void readsSixteenFieldsAndNoMore() {
        assertThat(Form.only("token", "x=1&".repeat(15) + "token=a")).contains("a");
        assertThat(Form.only("token", "token=a" + "&x=1".repeat(16))).isEmpty();
    }
}
