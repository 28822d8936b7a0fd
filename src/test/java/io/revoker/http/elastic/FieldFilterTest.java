package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldFilterTest {
    private static final Report ONE = Report.of(new Stamp(1), new Tally(1, 0), List.of());
    private static final Report PARTIAL =
            Report.of(new Stamp(1), new Tally(3, 2), List.of("Error invalidating access_token: ", "gone"));
    private static final String COUNTS =
            "\"invalidated_tokens\":1,\"previously_invalidated_tokens\":0,\"error_count\":0}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "invalidated_tokens | {\"invalidated_tokens\":3}",
                "-error_count,-error_details | {\"invalidated_tokens\":3,\"previously_invalidated_tokens\":2}",
                "*tokens | {\"invalidated_tokens\":3,\"previously_invalidated_tokens\":2}",
                "i*_t*s,nothing | {\"invalidated_tokens\":3}",
                "error_*,-error_details.reason | {\"error_count\":2,\"error_details\":[{\"type\":\"exception\"},{\"type\":\"exception\"}]}",
                "error_details.type | {\"error_details\":[{\"type\":\"exception\"},{\"type\":\"exception\"}]}",
                "error_details,-error_details.* | {}",
                "**.reason | {\"error_details\":[{\"reason\":\"Error invalidating access_token: \"},{\"reason\":\"gone\"}]}",
                "**.error_count | {\"error_count\":2}",
                "error_details.caused_by.type | {}",
                "invalidated_tokens.deeper | {}",
                "nothing | {}",
                "-** | {}",
                ". | {}"
            })
    void showsOnlyWhatTheFilterLeaves(String filter, String body) {
        assertThat(rendered(PARTIAL, Map.of("filter_path", filter))).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"''", "**", "*", "'*,'"})
    void showsAllThatTheFilterNames(String filter) {
        assertThat(rendered(ONE, Map.of("filter_path", filter))).isEqualTo("{" + COUNTS);
    }

    @Test
    void filtersInTimeThatTheCallerCanNotChoose() {
        String costly = ("**." + "*a".repeat(200) + ".").repeat(8) + "b";

        assertThat(rendered(PARTIAL, Map.of("filter_path", costly))).isEqualTo("{}");
    }

    private static String rendered(Report report, Map<String, String> parameters) {
        return new String(
                ElasticAnswer.of(200, InvalidationBody.of(report), rendering(parameters))
                        .body(),
                StandardCharsets.UTF_8);
    }

    private static Rendering rendering(Map<String, String> parameters) {
        return ElasticParameters.of(parameters.entrySet()).rendering(Optional.empty(), List.of());
    }
}
