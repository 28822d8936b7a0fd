package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of two values of a parameter, two readers may take different ones: RFC 6749, section 3.2, allows one. */
class RepeatedParametersTest {
    private static final String WAITS = "wait_for_completion: given more than once (expected: once)";
    private static final String TOKENS = "token: given more than once (expected: once)";

    private final RunningService service = RunningService.shared(RedisServers.embedded());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/tokens?realm_name=a&username=b&username=c|username: given more than once (expected: once)",
                "/v1/tokens?realm_name=a&username=b&username=b|username: given more than once (expected: once)",
                "/v1/tokens?realm_name=a&username=b&after&after=|after: given more than once (expected: once)",
                "/v1/tokens?realm_name=a&username=b&user%6eame=c|username: given more than once (expected: once)",
                "/v1/tokens?realm_name=a&username=%e4|query: not UTF-8 (expected: percent-encoded UTF-8)",
                "/v1/tokens?realm_name=a&username=%c1%ac|query: not UTF-8 (expected: percent-encoded UTF-8)",
                "/v1/tokens?realm_name=a&username=%ed%a0%80|query: not UTF-8 (expected: percent-encoded UTF-8)"
            })
    void areRefusedInAQuery(String path, String detail) {
        Reply reply = service.call("GET", path).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).isEqualTo(detail);
    }

    @Test
    void areRefusedInTheQueryOfARevocation() {
        Reply reply = service.call("POST", "/v1/revocations?wait_for_completion=false&wait_for_completion=true")
                .json("{\"target\":{\"username\":\"nobody\"}}")
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).isEqualTo(WAITS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait_for_completion=false&wait_for_completion=true",
                "wait_for_completion=false;wait_for_completion",
                "pretty&wait_for_completion&wait_for_completion=true"
            })
    void areRefusedInTheQueryOfAnInvalidation(String query) {
        Reply reply = service.call("DELETE", "/_security/oauth2/token?" + query)
                .json("{\"username\":\"nobody\"}")
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/type").textValue()).isEqualTo("bad_parameter_exception");
        assertThat(reply.json().at("/error/reason").textValue()).isEqualTo(WAITS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/oauth2/introspect|token=a&token=b|" + TOKENS,
                "/oauth2/introspect|token=a&token=a|" + TOKENS,
                "/oauth2/introspect|token=a&token=|" + TOKENS,
                "/oauth2/introspect|token=a&token|" + TOKENS,
                "/oauth2/introspect|token=a&x=1&x=2|x: given more than once (expected: once)",
                "/oauth2/introspect|rva_A1=&token=a&rva_A1=|form: a parameter: given more than once (expected: once)",
                "/oauth2/revoke|token=a&token=b|" + TOKENS,
                "/oauth2/revoke|token=a&token_type_hint=x&token_type_hint=y|token_type_hint: given more than once (expected: once)",
                "/oidc/backchannel-logout|logout_token=a&logout_token=b|logout_token: given more than once (expected: once)"
            })
    void areRefusedInAForm(String path, String form, String description) {
        Reply reply = service.call("POST", path).form(form).send();

        assertThat(reply)
                .hasToString("400 {\"error\":\"invalid_request\",\"error_description\":\"" + description + "\"}");
    }
}
