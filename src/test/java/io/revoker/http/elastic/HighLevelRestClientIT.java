package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.ElasticClient;
import org.junit.jupiter.api.Test;

/** The High Level REST Client 7.10.2. */
class HighLevelRestClientIT extends ElasticClientContract {
    HighLevelRestClientIT() {
        super(new ElasticClient("high-level-rest-client", "HighLevelRestClient.java"), HighLevelRestClientIT::refusal);
    }

    @Test
    void understandsARefusal() throws Exception {
        assertThat(run("fields|  ||r|", "user|" + "u".repeat(1025)))
                .containsExactly(
                        refusal(
                                400,
                                "action_request_validation_exception",
                                "Validation Failed: 1: token type must not be provided when realm name or username is"
                                        + " specified;"),
                        refusal(
                                400,
                                "action_request_validation_exception",
                                "Validation Failed: 1: username: 1025 characters (expected: 1 to 1024 characters);"));
    }

    /** It shows no status. */
    private static String refusal(int status, String type, String reason) {
        return "ElasticsearchStatusException Elasticsearch exception [type=" + type + ", reason=" + reason + "]";
    }
}
