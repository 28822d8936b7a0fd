package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevokerStatusExceptionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"error\":{\"root_cause\":[],\"type\":\"security_exception\",\"reason\":\"denied\"},\"status\":403}"
                        + ";security_exception;denied",
                "{\"error\":\"Content-Type header is missing\",\"status\":406};exception;Content-Type header is missing",
                "{\"error\":\"invalid_client\",\"error_description\":\"who?\"};invalid_client;who?",
                "{\"error\":\"invalid_request\"};invalid_request;``",
                "{\"type\":\"urn:revoker:x\",\"title\":\"Conflict\",\"status\":409,\"detail\":\"other facts\"}"
                        + ";urn:revoker:x;other facts",
                "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409};about:blank;Conflict",
            })
    void understandsEveryFormOfError(String body, String type, String reason) {
        RevokerStatusException refusal = exception(409, body);

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.type()).isEqualTo(type);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessage("status: 409, type: " + type + ", reason: " + reason);
        assertThat(refusal).hasNoCause();
    }

    @Test
    void keepsTheChainOfCauses() {
        RevokerStatusException refusal = exception(503, """
                {"error":{"root_cause":[{"type":"exception","reason":"simulated"}],"type":"security_exception",
                  "reason":"unable to perform requested action",
                  "caused_by":{"type":"exception","reason":"simulated"}},"status":503}""");

        assertThat(refusal.reason()).isEqualTo("unable to perform requested action");
        assertThat(refusal).cause().hasMessage("status: 503, type: exception, reason: simulated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>secret</html>", "[]", "{}", "{\"error\":5}"})
    void staysAStatusWhenTheBodySaysNothing(String body) {
        RevokerStatusException refusal = exception(500, body);

        assertThat(refusal.type()).isEmpty();
        assertThat(refusal.reason()).isEmpty();
        assertThat(refusal).hasMessage("status: 500, type: , reason: ");
    }

    private static RevokerStatusException exception(int status, String body) {
        return RevokerStatusException.of(new NodeResponse(status, body.getBytes(StandardCharsets.UTF_8)));
    }
}
