package io.revoker.http.elastic;

import static io.revoker.http.elastic.Reports.COUNTS;
import static io.revoker.http.elastic.Reports.ONE;
import static io.revoker.http.elastic.Reports.PARTIAL;
import static io.revoker.http.elastic.Reports.rendered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldFilterTest {
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
                "**.**.**.error_count | {\"error_count\":2}",
                "-error_details.**.** | {\"invalidated_tokens\":3,\"previously_invalidated_tokens\":2,\"error_count\":2}",
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

    @Test
    void takesAsManyNamesAsAFilterMayHave() {
        String most = "**.".repeat(128) + "*_count" + ",a.b".repeat(63) + ",c";

        assertThat(rendered(PARTIAL, Map.of("filter_path", most))).isEqualTo("{\"error_count\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,", "a.", "-a,", "**.", "**.a.", "*.", ".", "a.**,"})
    void refusesAFilterOfMoreNames(String piece) {
        Map<String, String> tooMany = Map.of("filter_path", piece.repeat(257) + "zz");

        assertThatThrownBy(() -> rendered(PARTIAL, tooMany))
                .isInstanceOfSatisfying(
                        ElasticError.class, fault -> assertThat(fault.status()).isEqualTo(400));
    }
}
