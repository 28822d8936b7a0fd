package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidateTokenResponseTest {
    private static final String COUNTS =
            "\"invalidated_tokens\":2,\"previously_invalidated_tokens\":1,\"error_count\":0";

    @Test
    void readsCountsWithoutErrors() throws IOException {
        InvalidateTokenResponse response = decode(200, "{" + COUNTS + "}");

        assertThat(response.getInvalidatedTokens()).isEqualTo(2);
        assertThat(response.getPreviouslyInvalidatedTokens()).isEqualTo(1);
        assertThat(response.getErrors()).isEmpty();
        assertThat(response.getErrorsCount()).isZero();
        assertThat(response).isEqualTo(new InvalidateTokenResponse(2, 1, List.of()));
    }

    @Test
    void readsErrorsWithTheirCauses() throws IOException {
        InvalidateTokenResponse response = decode(200, """
                {"invalidated_tokens":1,"previously_invalidated_tokens":0,"error_count":7,"error_details":[
                  {"type":"exception","reason":"Error invalidating access_token: ","caused_by":
                    {"type":"version_conflict_engine_exception","reason":"conflict","shard":"0","index":"tokens"}},
                  {"type":"null_pointer_exception","reason":null}]}""");

        ErrorCause conflict = new ErrorCause("version_conflict_engine_exception", "conflict", Optional.empty());
        assertThat(response.getErrors())
                .containsExactly(
                        new ErrorCause("exception", "Error invalidating access_token: ", Optional.of(conflict)),
                        new ErrorCause("null_pointer_exception", "", Optional.empty()))
                .isUnmodifiable();
        assertThat(response.getErrorsCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + COUNTS + ",\"error_details\":[]}",
                "{\"created\":true," + COUNTS + "}",
                "{" + COUNTS + ",\"took\":{\"deep\":[1,2.5,false,null]}}",
                "{\"invalidated_tokens\":\"2\",\"previously_invalidated_tokens\":\"1\",\"error_count\":\"0\"}",
            })
    void acceptsWhatTheWireAllows(String body) throws IOException {
        assertThat(decode(200, body)).isEqualTo(new InvalidateTokenResponse(2, 1, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "hello",
                "{" + COUNTS,
                "{}",
                "{\"previously_invalidated_tokens\":1,\"error_count\":0}",
                "{\"invalidated_tokens\":1,\"error_count\":0}",
                "{\"invalidated_tokens\":1,\"previously_invalidated_tokens\":1}",
                "{\"invalidated_tokens\":9223372036854775808,\"previously_invalidated_tokens\":1,\"error_count\":0}",
                "{\"invalidated_tokens\":\"9223372036854775808\",\"previously_invalidated_tokens\":1,\"error_count\":0}",
                "{\"invalidated_tokens\":1.5,\"previously_invalidated_tokens\":1,\"error_count\":0}",
                "{\"invalidated_tokens\":true,\"previously_invalidated_tokens\":1,\"error_count\":0}",
                "{\"invalidated_tokens\":null,\"previously_invalidated_tokens\":1,\"error_count\":0}",
                "{\"invalidated_tokens\":1,\"previously_invalidated_tokens\":1,\"error_count\":99999999999999999999}",
                "{" + COUNTS + ",\"error_details\":null}",
                "{" + COUNTS + ",\"error_details\":{}}",
                "{" + COUNTS + ",\"error_details\":[\"text\"]}",
            })
    void refusesWhatIsNoResponse(String body) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> decode(200, body))
                .withMessageStartingWith("response body: ")
                .withNoCause();
    }

    @Test
    void boundsTheDepthOfAResponse() throws IOException {
        assertThat(decode(200, deep(900)).getInvalidatedTokens()).isEqualTo(2);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> decode(200, deep(1001)))
                .withMessage("response body: unreadable (expected: a JSON object)")
                .withNoCause();
    }

    private static String deep(int arrays) {
        return "{" + COUNTS + ",\"took\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
    }

    @Test
    void takesTheLastOfAFieldThatIsThereTwice() throws IOException {
        assertThat(decode(200, "{\"invalidated_tokens\":7," + COUNTS + "}").getInvalidatedTokens())
                .isEqualTo(2);
    }

    @Test
    void readsTheCountsOfAnUnknownToken() throws IOException {
        assertThat(decode(404, ScriptedNode.counts(0, 0))).isEqualTo(new InvalidateTokenResponse(0, 0, List.of()));
    }

    @Test
    void tellsAnUnknownRouteFromAnUnknownToken() {
        assertThatExceptionOfType(RevokerStatusException.class)
                .isThrownBy(() -> decode(404, "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}"))
                .withMessage("status: 404, type: about:blank, reason: Not Found");
    }

    @Test
    void isEqualByCountsAndErrors() {
        InvalidateTokenResponse response = new InvalidateTokenResponse(1, 2, List.of());

        assertThat(response)
                .isEqualTo(new InvalidateTokenResponse(1, 2, List.of()))
                .hasSameHashCodeAs(new InvalidateTokenResponse(1, 2, List.of()))
                .isNotEqualTo(new InvalidateTokenResponse(1, 3, List.of()))
                .isNotEqualTo(new InvalidateTokenResponse(3, 2, List.of()))
                .isNotEqualTo(new InvalidateTokenResponse(1, 2, List.of(new ErrorCause("t", "r", Optional.empty()))))
                .hasToString("InvalidateTokenResponse{invalidatedTokens=1, previouslyInvalidatedTokens=2, errors=[]}");
    }

    private static InvalidateTokenResponse decode(int status, String body) throws IOException {
        return InvalidateTokenResponse.decode(new NodeResponse(status, body.getBytes(StandardCharsets.UTF_8)));
    }
}
