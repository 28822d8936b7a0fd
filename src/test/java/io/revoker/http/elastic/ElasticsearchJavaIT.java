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

/** The Java API client 8.19, as it is; it sends its bodies in chunks. */
class ElasticsearchJavaIT {
    private static final ElasticClient CLIENT = new ElasticClient("elasticsearch-java", "ElasticsearchJava.java");

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);
    private final String realm = Api.fresh("default_native");
    private final String user = Api.fresh("user");

    @Test
    void doesAsTheDocumentationSays() throws Exception {
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
                        "access|" + pair.access(),
                        "access|unknown"))
                .containsExactly("1,0,0", "1,0,0", "2,0,0", "2,0,0", "4,0,0", "0,1,0", "0,0,0");
    }

    @Test
    void understandsARefusal() throws Exception {
        assertThat(CLIENT.run(service.uri("").toString(), "", "fields||||", "fields|a|b||", "fields|a||r|"))
                .containsExactly(
                        "ElasticsearchException 400 action_request_validation_exception Validation Failed: 1: token"
                                + " string must be provided when not specifying a realm name or a username;",
                        "ElasticsearchException 400 x_content_parse_exception Failed to build [invalidate_token] after"
                                + " last required field arrived",
                        "ElasticsearchException 400 action_request_validation_exception Validation Failed: 1: token"
                                + " string must not be provided when realm name or username is specified;2: token type"
                                + " must not be provided when realm name or username is specified;");
    }

    @Test
    void understandsWhoMayNotCall() throws Exception {
        try (RunningService own = RunningService.start(RedisServers.embedded().url(), ClientFiles.option())) {
            String url = own.uri("").toString();

            assertThat(CLIENT.run(url, "", "user|joe"))
                    .containsExactly("ElasticsearchException 401 security_exception missing authentication credentials"
                            + " for REST request [/_security/oauth2/token]");
            assertThat(CLIENT.run(url, credentials(ClientFiles.GATEWAY), "user|joe"))
                    .containsExactly("ElasticsearchException 403 security_exception action"
                            + " [cluster:admin/xpack/security/token/invalidate] is unauthorized for user [gateway]");
            assertThat(CLIENT.run(url, credentials(ClientFiles.OPS), "user|joe"))
                    .containsExactly("0,0,0");
        }
    }

    @Test
    void failsWithoutAServer() throws Exception {
        assertThat(CLIENT.run("http://127.0.0.1:" + RedisProcess.freePort(), "", "access|x", "async|x"))
                .containsExactly("IOException Connection refused", "IOException Connection refused");
    }

    private static String credentials(String client) {
        return "Basic " + Call.base64(client + ':' + ClientFiles.SECRET);
    }
}
