package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal of a request, byte for byte as Elasticsearch 7.10.2 answers it. */
class RequestContractTest {
    private static final String PACKAGE = "io.revoker.http.elastic.";

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        PACKAGE + "BodyRows#bodies",
        PACKAGE + "UnreadableRows#unreadable",
        PACKAGE + "TokenRows#twoTokens",
        PACKAGE + "TokenRows#validation",
        PACKAGE + "ParameterRows#parameters",
        PACKAGE + "ContentTypeRows#contentTypes"
    })
    void answersAsElasticsearchDoes(String row, Exchange exchange, int status, String body) {
        ElasticAnswer answer = exchange.answer();

        assertThat(answer.status()).as(row).isEqualTo(status);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(answer.contentType()).isEqualTo("application/json; charset=UTF-8");
    }
}
