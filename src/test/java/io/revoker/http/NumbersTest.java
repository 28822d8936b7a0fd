package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers in JSON, which has no bounds for them: programs write what a double, a 64-bit integer or a decimal holds. */
class NumbersTest {
    private static final String NO_NUMBER = "expected_max: not a number of tokens (expected: an integer from 0 to"
            + " 9223372036854775807, without fraction and exponent)";
    private static final String NO_SECONDS =
            ": not a whole number of seconds (expected: an integer of at most 64 bits, without fraction and exponent)";
    private static final String NOT_JSON = "body: not JSON at line 1, column ";

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);
    private final String realm = Api.fresh("numbers");

    @ParameterizedTest
    @CsvSource({
        "1, 409",
        "2, 200",
        "-0, 409",
        "0, 409",
        "2147483648, 200",
        "9007199254740991, 200",
        "9007199254740993, 200",
        "9223372036854775806, 200",
        "9223372036854775807, 200"
    })
    void boundARevocation(String most, int status) {
        Api.Pair pair = api.pair(realm, "joe");

        Reply reply = revoke(most);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(api.isActive(pair.access())).isEqualTo(status == 409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1|" + NO_NUMBER,
                "-9223372036854775808|" + NO_NUMBER,
                "9223372036854775808|" + NO_NUMBER,
                "18446744073709551615|" + NO_NUMBER,
                "1e3|" + NO_NUMBER,
                "1E+21|" + NO_NUMBER,
                "1e-3|" + NO_NUMBER,
                "100.0|" + NO_NUMBER,
                "0.5|" + NO_NUMBER,
                "1e400|" + NO_NUMBER,
                "\"5\"|" + NO_NUMBER,
                "true|" + NO_NUMBER,
                "null|expected_max: null (expected: a value, or no such field)",
                "+1|" + NOT_JSON,
                "01|" + NOT_JSON,
                "0x10|" + NOT_JSON,
                "1_000|" + NOT_JSON,
                ".5|" + NOT_JSON,
                "NaN|" + NOT_JSON,
                "Infinity|" + NOT_JSON
            })
    void boundNothingIfTheyAreNoCounts(String most, String detail) {
        String token = api.access(realm, "joe");

        Reply reply = revoke(most);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).startsWith(detail);
        assertThat(api.isActive(token)).isTrue();
    }

    @Test
    void haveNoEnd() {
        Reply reply = revoke("1".repeat(2000));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue())
                .startsWith("body: a name, a number or a text that is too long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expires_in|0|expires_in: 0 (expected: 1 to 86400 seconds)",
                "expires_in|-1|expires_in: -1 (expected: 1 to 86400 seconds)",
                "expires_in|9007199254740993|expires_in: 9007199254740993 (expected: 1 to 86400 seconds)",
                "expires_in|9223372036854775807|expires_in: 9223372036854775807 (expected: 1 to 86400 seconds)",
                "expires_in|9223372036854775808|expires_in" + NO_SECONDS,
                "expires_in|60.0|expires_in" + NO_SECONDS,
                "expires_in|6e1|expires_in" + NO_SECONDS,
                "expires_in|\"60\"|expires_in" + NO_SECONDS,
                "refresh_expires_in|-9223372036854775808|refresh_expires_in: -9223372036854775808 (expected: 1 to ",
                "refresh_expires_in|9223372036854775808|refresh_expires_in" + NO_SECONDS,
                "refresh_expires_in|1e3|refresh_expires_in" + NO_SECONDS,
                "issued_at|-1|issued_at: -1 (expected: seconds since 1970, not in the future)",
                "issued_at|9007199254740993|issued_at: 9007199254740993 (expected: seconds since 1970, not in the future)",
                "issued_at|9223372036854775807|issued_at: 9223372036854775807 (expected: seconds since 1970, not in",
                "issued_at|9223372036854775808|issued_at" + NO_SECONDS,
                "issued_at|1.5e9|issued_at" + NO_SECONDS
            })
    void areRefusedInARegistrationIfTheyAreNoTimes(String field, String value, String detail) {
        Reply reply = api.register("{\"realm_name\":\"" + realm
                + "\",\"username\":\"joe\",\"mint\":[\"access_token\",\"refresh_token\"],\"" + field + "\":" + value
                + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).startsWith(detail);
    }

    private Reply revoke(String most) {
        return service.call("POST", "/v1/revocations")
                .json("{\"target\":{\"realm_name\":\"" + realm + "\"},\"expected_max\":" + most + "}")
                .send();
    }
}
