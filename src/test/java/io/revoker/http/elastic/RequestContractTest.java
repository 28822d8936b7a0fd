package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** Every refusal of a request, byte for byte as Elasticsearch 7.10.2 answers it. */
class RequestContractTest {
    @EveryContractRow
    void answersAsElasticsearchDoes(String row, Exchange exchange, int status, String body) {
        ElasticAnswer answer = exchange.answer();

        assertThat(answer.status()).as(row).isEqualTo(status);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(answer.contentType()).isEqualTo("application/json; charset=UTF-8");
    }
}
