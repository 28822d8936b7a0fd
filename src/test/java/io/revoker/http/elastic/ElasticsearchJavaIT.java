package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.ElasticClient;
import org.junit.jupiter.api.Test;

/** The Java API client 8.19; it sends its bodies in chunks. */
class ElasticsearchJavaIT extends ElasticClientContract {
    ElasticsearchJavaIT() {
        super(new ElasticClient("elasticsearch-java", "ElasticsearchJava.java"), ElasticsearchJavaIT::refusal);
    }

    @Test
    void understandsARefusal() throws Exception {
        assertThat(run("fields||||", "fields|a|b||", "fields|a||r|"))
                .containsExactly(
                        refusal(
                                400,
                                "action_request_validation_exception",
                                "Validation Failed: 1: token string must be provided when not specifying a realm name"
                                        + " or a username;"),
                        refusal(
                                400,
                                "x_content_parse_exception",
                                "Failed to build [invalidate_token] after last required field arrived"),
                        refusal(
                                400,
                                "action_request_validation_exception",
                                "Validation Failed: 1: token string must not be provided when realm name or username"
                                        + " is specified;2: token type must not be provided when realm name or"
                                        + " username is specified;"));
    }

    private static String refusal(int status, String type, String reason) {
        return "ElasticsearchException " + status + ' ' + type + ' ' + reason;
    }
}
