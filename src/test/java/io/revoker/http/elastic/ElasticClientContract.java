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
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every client of Elasticsearch must find here; each subclass proves it with one of them, as it is. */
abstract class ElasticClientContract {
    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);
    private final ElasticClient client;
    private final Refusals refusals;

    /** The message with which the client reports an error that it received. */
    @FunctionalInterface
    interface Refusals {
        String of(int status, String type, String reason);
    }

    ElasticClientContract(ElasticClient client, Refusals refusals) {
        this.client = client;
        this.refusals = refusals;
    }

    @Test
    void doesAsTheDocumentationSays() throws Exception {
        String realm = Api.fresh("default_native");
        String user = Api.fresh("user");
        Pair pair = api.pair(realm, user);
        for (String other : List.of("this", "that", "other", "extra")) {
            api.pair(realm, other + user);
        }

        assertThat(run(
                        "access|" + pair.access(),
                        "refresh|" + pair.refresh(),
                        "user|other" + user,
                        "fields|||" + realm + "|extra" + user,
                        "async|" + realm,
                        "access|" + pair.access(),
                        "access|unknown",
                        "refresh|unknown",
                        "realm|" + Api.fresh("unknown")))
                .containsExactly("1,0,0", "1,0,0", "2,0,0", "2,0,0", "4,0,0", "0,1,0", "0,0,0", "0,0,0", "0,0,0");
    }

    @Test
    void compressesWhatItSends() throws Exception {
        String realm = Api.fresh("compressed");
        Pair pair = api.pair(realm, "joe");

        assertThat(run("gzip access|" + pair.access(), "gzip fields|||" + realm + "|joe", "gzip async|" + realm))
                .containsExactly("1,0,0", "1,1,0", "0,0,0");
        assertThat(api.check(pair.access())).isEqualTo(401);
    }

    /** It can't read the refusal, which has the form that Elasticsearch gives to refusals of this call; but nothing is revoked. */
    @Test
    void createsNoTokenAndRevokesNoneWithIt() throws Exception {
        String user = Api.fresh("joe");
        Pair pair = api.pair("created", user);

        assertThat(run("create|" + user))
                .singleElement()
                .asString()
                .matches("ElasticsearchStatusException Unable to parse response body|IOException .*status: 400,.*");
        assertThat(api.check(pair.access())).isEqualTo(200);
    }

    @Test
    void understandsWhoMayNotCall() throws Exception {
        try (RunningService own = RunningService.start(ClientFiles.option())) {
            String url = own.uri("").toString();

            assertThat(client.run(url, "", "user|joe"))
                    .containsExactly(refusals.of(
                            401,
                            "security_exception",
                            "missing authentication credentials for REST request [/_security/oauth2/token]"));
            assertThat(client.run(url, credentials(ClientFiles.GATEWAY), "user|joe"))
                    .containsExactly(refusals.of(
                            403,
                            "security_exception",
                            "action [cluster:admin/xpack/security/token/invalidate] is unauthorized for user"
                                    + " [gateway]"));
            assertThat(client.run(url, credentials(ClientFiles.OPS), "user|joe"))
                    .containsExactly("0,0,0");
        }
    }

    @Test
    void failsWithoutAServer() throws Exception {
        assertThat(client.run("http://127.0.0.1:" + RedisProcess.freePort(), "", "access|x", "async|x"))
                .containsExactly("IOException Connection refused", "IOException Connection refused");
    }

    /** What the client makes of the answers to some calls. */
    List<String> run(String... calls) throws IOException, InterruptedException {
        return client.run(service.uri("").toString(), "", calls);
    }

    private static String credentials(String caller) {
        return "Basic " + Call.base64(caller + ':' + ClientFiles.SECRET);
    }
}
