package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Api.Pair;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.ElasticClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;

/** The High Level REST Client 7.10.2, as it is. */
class HighLevelRestClientIT {
    private static final ElasticClient CLIENT = new ElasticClient("high-level-rest-client", "HighLevelRestClient.java");

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);
    private final String realm = Api.fresh("default_native");
    private final String user = Api.fresh("user");

    @Test
    void doesAsItsDocumentationSays() throws Exception {
        Pair pair = api.pair(realm, user);
        for (String other : new String[] {"this", "that", "other", "extra"}) {
            api.pair(realm, other + user);
        }

        assertThat(CLIENT.run(
                        service.uri("").toString(),
                        "",
                        "access|" + pair.access(),
                        "refresh|" + pair.refresh(),
                        "user|other" + user,
                        "fields|||" + realm + "|extra" + user,
                        "async|" + realm,
                        "access|" + pair.access()))
                .containsExactly("1,0,0", "1,0,0", "2,0,0", "2,0,0", "4,0,0", "0,1,0");
    }

    @Test
    void takesAnUnknownTokenForAnAnswer() throws Exception {
        assertThat(CLIENT.run(service.uri("").toString(), "", "access|unknown", "refresh|unknown", "realm|" + realm))
                .containsExactly("0,0,0", "0,0,0", "0,0,0");
    }

    @Test
    void understandsARefusal() throws Exception {
        assertThat(CLIENT.run(service.uri("").toString(), "", "fields|  ||r|", "user|" + "u".repeat(1025)))
                .containsExactly(
                        "ElasticsearchStatusException Elasticsearch exception [type=action_request_validation_exception,"
                                + " reason=Validation Failed: 1: token type must not be provided when realm name or"
                                + " username is specified;]",
                        "ElasticsearchStatusException Elasticsearch exception [type=action_request_validation_exception,"
                                + " reason=Validation Failed: 1: username: 1025 characters (expected: 1 to 1024"
                                + " characters);]");
    }

    @Test
    void understandsWhoMayNotCall() throws Exception {
        try (RunningService own = RunningService.start(RedisServers.embedded().url(), ClientFiles.option())) {
            String url = own.uri("").toString();

            assertThat(CLIENT.run(url, "", "user|joe"))
                    .containsExactly(
                            security("missing authentication credentials for REST request [/_security/oauth2/token]"));
            assertThat(CLIENT.run(url, credentials(ClientFiles.GATEWAY), "user|joe"))
                    .containsExactly(security("action [cluster:admin/xpack/security/token/invalidate] is unauthorized"
                            + " for user [gateway]"));
            assertThat(CLIENT.run(url, credentials(ClientFiles.OPS), "user|joe"))
                    .containsExactly("0,0,0");
        }
    }

    @Test
    void failsWithoutAServer() throws Exception {
        assertThat(CLIENT.run("http://127.0.0.1:" + RedisProcess.freePort(), "", "access|x", "async|x"))
                .containsExactly("IOException Connection refused", "IOException Connection refused");
    }

    private static String security(String reason) {
        return "ElasticsearchStatusException Elasticsearch exception [type=security_exception, reason=" + reason + "]";
    }

    private static String credentials(String client) {
        return "Basic " + Call.base64(client + ':' + ClientFiles.SECRET);
    }
}
