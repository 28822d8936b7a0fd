package io.revoker.http.elastic;

import static io.revoker.http.elastic.Reports.COUNTS;
import static io.revoker.http.elastic.Reports.ONE;
import static io.revoker.http.elastic.Reports.PARTIAL;
import static io.revoker.http.elastic.Reports.rendered;
import static io.revoker.http.elastic.Reports.rendering;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import io.revoker.config.Configuration.ElasticsearchConfig;
import io.revoker.domain.RealmId;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.HolderProblem;
import io.revoker.http.elastic.InfoRoute.InfoBody;
import io.revoker.http.elastic.MediaType.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerContractTest {
    @Test
    void countsWithoutDetailsIfNothingFailed() {
        assertThat(InvalidationBody.of(ONE)).hasToString("{" + COUNTS);
        assertThat(InvalidationBody.of(Report.NOT_FOUND))
                .hasToString("{\"invalidated_tokens\":0,\"previously_invalidated_tokens\":0,\"error_count\":0}");
    }

    @Test
    void detailsEveryError() {
        assertThat(InvalidationBody.of(PARTIAL)).hasToString("""
                        {"invalidated_tokens":3,"previously_invalidated_tokens":2,"error_count":2,"error_details":[{"type":"exception","reason":"Error invalidating access_token: "},{"type":"exception","reason":"gone"}]}""");
    }

    @Test
    void tellsOfAHolderByAHash() {
        HolderProblem fault = HolderProblem.of(
                new UserInRealm(new RealmId("corp"), new UserName("joe")), "Redis: WRONGTYPE Operation against a key");

        assertThat(InvalidationBody.of(Report.of(new Stamp(1), Tally.NONE, List.of(fault.line())))
                        .get("error_details"))
                .hasToString("""
                        [{"type":"exception","reason":"Error invalidating tokens of holder [4a19aa960a01a81dea83d6c8e1e10b58]","holder":"4a19aa960a01a81dea83d6c8e1e10b58","caused_by":{"type":"store_exception","reason":"Redis: WRONGTYPE Operation against a key"}}]""");
    }

    @Test
    void saysCreatedIfAllThatWasTouchedIsNewlyInvalid() {
        assertThat(InvalidationBody.withCreated(ONE)).hasToString("{\"created\":true," + COUNTS);
        assertThat(InvalidationBody.withCreated(PARTIAL).get("created").booleanValue())
                .isFalse();
        assertThat(InvalidationBody.withCreated(Report.NOT_FOUND).get("created").booleanValue())
                .isFalse();
    }

    @Test
    void introducesItselfAsTheElasticsearchThatEveryClientAccepts() {
        assertThat(InfoBody.of(
                        "node-1", new ElasticsearchConfig(true, "7.17.28", "probe", 404), "AAAAAAAAAAAAAAAAAAAAAA"))
                .hasToString("""
                        {"name":"node-1","cluster_name":"probe","cluster_uuid":"AAAAAAAAAAAAAAAAAAAAAA","version":{"number":"7.17.28","build_flavor":"default","build_type":"tar","build_hash":"0000000","build_date":"2021-01-13T00:42:12.435326Z","build_snapshot":false,"lucene_version":"8.7.0","minimum_wire_compatibility_version":"6.8.0","minimum_index_compatibility_version":"6.0.0-beta1"},"tagline":"You Know, for Search"}""");
    }

    @Test
    void rendersPrettily() {
        String pretty = """
                {
                  "invalidated_tokens" : 3,
                  "previously_invalidated_tokens" : 2,
                  "error_count" : 2,
                  "error_details" : [
                    {
                      "type" : "exception",
                      "reason" : "Error invalidating access_token: "
                    },
                    {
                      "type" : "exception",
                      "reason" : "gone"
                    }
                  ]
                }
                """;

        assertThat(rendered(PARTIAL, Map.of("pretty", ""))).isEqualTo(pretty);
        assertThat(rendered(PARTIAL, Map.of("pretty", "true"))).isEqualTo(pretty);
        assertThat(rendered(ONE, Map.of("pretty", "false", "human", "true"))).isEqualTo("{" + COUNTS);
    }

    @Test
    void rendersYaml() {
        ElasticAnswer answer = ElasticAnswer.of(200, InvalidationBody.of(ONE), rendering(Map.of("format", "yaml")));

        assertThat(answer.contentType()).isEqualTo("application/yaml");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("---\ninvalidated_tokens: 1\npreviously_invalidated_tokens: 0\nerror_count: 0\n");
    }

    @Test
    void rendersBinaryFormats() throws IOException {
        ObjectNode body = InvalidationBody.of(PARTIAL);
        byte[] smile = ElasticAnswer.of(200, body, rendering(Map.of("format", "smile")))
                .body();
        byte[] cbor =
                ElasticAnswer.of(200, body, rendering(Map.of("format", "cbor"))).body();

        assertThat(new ObjectMapper(new SmileFactory()).readTree(smile)).hasToString(body.toString());
        assertThat(new ObjectMapper(new CBORFactory()).readTree(cbor)).hasToString(body.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "yaml,       application/json, application/json, YAML",
        "foo,        application/yaml, application/json, JSON",
        ",           application/yaml, application/json, YAML",
        ",           ,                 application/yaml, YAML",
        ",           */*,              application/cbor, CBOR",
        ",           application/vnd.elasticsearch+json; compatible-with=8, application/json, JSON",
        ",           application/smile, , SMILE",
        ",           ,                 text/plain,       JSON",
        ",           ,                 ,                 JSON"
    })
    void choosesTheFormatByParameterThenAcceptThenRequest(
            String format, String accept, String contentType, WireFormat expected) {
        assertThat(MediaTypes.ofResponse(
                        Optional.ofNullable(format),
                        Optional.ofNullable(accept),
                        Optional.ofNullable(contentType).stream().toList()))
                .isEqualTo(expected);
    }
}
