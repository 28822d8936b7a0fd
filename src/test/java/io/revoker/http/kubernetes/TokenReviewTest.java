package io.revoker.http.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1TokenReview;
import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReviewTest {
    private static final String V1 = "authentication.k8s.io/v1";

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final Api api = new Api(service);
    private final String realm = Api.fresh("cluster");

    @ParameterizedTest
    @ValueSource(strings = {V1, "authentication.k8s.io/v1beta1"})
    void tellsWhoseTokenItIs(String version) {
        String token = registered("joe", "\"client_id\":\"kubectl\",\"scope\":\"read write\"");

        Reply reply = review(version, token);

        assertThat(reply)
                .hasToString("200 {\"apiVersion\":\"" + version
                        + "\",\"kind\":\"TokenReview\",\"spec\":{},\"status\":{\"authenticated\":true,\"user\":{"
                        + "\"username\":\"joe\",\"extra\":{\"revoker.io/realm\":[\"" + realm + "\"],"
                        + "\"revoker.io/client\":[\"kubectl\"],\"revoker.io/scope\":[\"read\",\"write\"]}}}}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void answersAsTheApiDescriptionOfKubernetesHasIt() {
        for (String token : new String[] {api.access(realm, "joe"), "never-registered"}) {
            String answer = review(V1, token).body();

            assertThatCode(() -> V1TokenReview.validateJsonElement(JsonParser.parseString(answer)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void tellsNothingOfATokenThatIsNotGood() {
        String revoked = api.access(realm, "joe");
        api.invalidateAccess(revoked);

        for (String token : new String[] {
            revoked, "never-registered", api.pair(realm, "joe").refresh()
        }) {
            assertThat(review(V1, token))
                    .hasToString("200 {\"apiVersion\":\"" + V1
                            + "\",\"kind\":\"TokenReview\",\"spec\":{},\"status\":{\"authenticated\":false}}");
        }
    }

    /** The audiences of both, as an audience-aware authenticator tells them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            'orders'             | ['cluster','orders'] | ['orders']
            ['vault','cluster']  | ['cluster','vault']  | ['cluster','vault']
            ['orders','vault']   | ['cluster']          | false
            'orders'             | ['']                 | 400
            'orders'             | 'orders'             | 400
            'orders'             | []                   | false
            'orders'             | null                 | false
            none                 | []                   | true
            none                 | null                 | true
            none                 | ['cluster']          | true
            """)
    void tellsWhichOfTheAudiencesAJwtIsMeantFor(String meant, String asked, String answered) {
        String jwt = Jwts.of(quoted("'sub':'joe','exp':" + (System.currentTimeMillis() / 1000 + 600)
                + (meant == null ? "" : ",'aud':" + meant)));
        assertThat(api.register("{\"realm_name\":\"" + realm + "\",\"access_token\":\"" + jwt + "\"}")
                        .status())
                .isEqualTo(201);

        Reply reply = service.call("POST", "/k8s/tokenreview")
                .json(quoted("{'kind':'TokenReview','apiVersion':'" + V1 + "','spec':{'token':'" + jwt
                        + "','audiences':" + asked + "}}"))
                .send();

        JsonNode status = reply.json().path("status");
        assertThat(
                        reply.status() == 400
                                ? "400"
                                : status.has("audiences")
                                        ? status.get("audiences").toString()
                                        : status.required("authenticated").toString())
                .isEqualTo(quoted(answered));
        assertThat(status.has("user")).isEqualTo(reply.status() == 200 && !answered.equals("false"));
    }

    @ParameterizedTest
    @CsvSource({"64, 200", "65, 400"})
    void comparesSomeTensOfAudiences(int asked, int status) {
        String audiences =
                IntStream.range(0, asked).mapToObj(i -> "'a" + i + "'").collect(Collectors.joining(","));

        Reply reply = service.call("POST", "/k8s/tokenreview")
                .json(quoted("{'kind':'TokenReview','apiVersion':'" + V1
                        + "','spec':{'token':'never-registered','audiences':[" + audiences + "]}}"))
                .send();

        assertThat(reply.status()).isEqualTo(status);
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    /** As kubectl sends an object that it was told to send as it is. */
    @Test
    void takesABodyWithoutATypeForJson() {
        String body = "{\"kind\":\"TokenReview\",\"apiVersion\":\"" + V1 + "\",\"spec\":{\"token\":\""
                + api.access(realm, "joe") + "\"}}";

        Reply untyped = service.call("POST", "/k8s/tokenreview").body(body).send();
        Reply another = service.call("POST", "/k8s/tokenreview")
                .header("Content-Type", "text/plain")
                .body(body)
                .send();

        assertThat(untyped.json().at("/status/authenticated").booleanValue()).isTrue();
        assertThat(another.status()).isEqualTo(415);
    }

    @Test
    void endsWithTheUser() {
        String token = api.access(realm, "joe");
        assertThat(isAuthenticated(token)).isTrue();

        api.invalidateUserInRealm(realm, "joe");

        assertThat(isAuthenticated(token)).isFalse();
    }

    /** An API server would give them what it gives its own parts. */
    @ParameterizedTest
    @ValueSource(strings = {"system:kube-scheduler", "system:serviceaccount:kube-system:default", "system:"})
    void takesNobodyForAPartOfKubernetes(String user) {
        assertThat(isAuthenticated(api.access(realm, user))).isFalse();
    }

    /** Which an API server can't verify. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"token_type\":\"DPoP\"",
                "\"cnf\":{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}",
                "\"cnf\":{\"x5t#S256\":\"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\"}"
            })
    void takesNoTokenThatNeedsAProof(String facts) {
        assertThat(isAuthenticated(registered("joe", facts))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"apiVersion\":\"v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"secret-one\"}}",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"secret-one\",\"spec\":{\"token\":\"x\"}}",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\"}",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"\"}}",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":[\"secret-one\"]}}"
            })
    void refusesWhatIsNoReviewOfAToken(String body) {
        Reply reply = service.call("POST", "/k8s/tokenreview").json(body).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .containsPattern("\"detail\":\"(apiVersion|kind|spec.token): ")
                .doesNotContain("secret-one");
    }

    private boolean isAuthenticated(String token) {
        JsonNode status = review(V1, token).json().required("status");
        return status.required("authenticated").booleanValue();
    }

    private String registered(String user, String facts) {
        String token = Api.fresh("token");
        Reply reply = api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"access_token\":\""
                + token + "\"," + facts + "}");
        assertThat(reply.status()).isEqualTo(201);
        return token;
    }

    /** As an API server sends it: with empty members of the object, and its own audience. */
    private Reply review(String version, String token) {
        return service.call("POST", "/k8s/tokenreview?timeout=30s")
                .header("Accept", "application/json, */*")
                .header("User-Agent", "kube-apiserver/v1.34.1 (linux/amd64) kubernetes/93248f9")
                .json(
                        "{\"kind\":\"TokenReview\",\"apiVersion\":\"" + version
                                + "\",\"metadata\":{\"creationTimestamp\":null},\"spec\":{\"token\":\"" + token
                                + "\",\"audiences\":[\"https://kubernetes.default.svc.cluster.local\"]},\"status\":{\"user\":{}}}")
                .send();
    }
}
