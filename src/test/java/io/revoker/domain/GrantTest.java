package io.revoker.domain;

import static io.revoker.testing.Grants.holder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.testing.Grants;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application can send over the event bus. */
class GrantTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\u0001b | | client_id: a character that it can't have",
                "\u00fcber | | client_id: a character that it can't have",
                "app | read\u0007only | scope: not a list of words",
                "app | read  write | scope: not a list of words",
            })
    void isNoneWithAScopeOrAClientThatOAuthDoesNotHave(String client, String scope, String reason) {
        Grant.Facts facts = new Grant.Facts(client, Optional.ofNullable(scope).orElse(""), Grants.now());
        Grant some = Grants.access(holder("corp", "joe"));

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new Grant(some.holder(), some.access(), some.refresh(), facts))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID))
                .withMessageStartingWith(reason);
    }
}
