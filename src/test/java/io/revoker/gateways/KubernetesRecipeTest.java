package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.Gateway;
import io.revoker.testing.KubectlProgram;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * conf/gateways/kubernetes.yaml, and the request that an API server sends with it: there is no program of that here.
 * kubectl reads such files with the same library.
 */
class KubernetesRecipeTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static GuardedGateways revoker;
    private static Path directory;
    private static Path file;

    @BeforeAll
    static void start() throws IOException {
        revoker = GuardedGateways.start(List.of());
        directory = Gateway.directory();
        file = Files.writeString(
                directory.resolve("kubernetes.yaml"),
                Files.readString(Path.of("conf", "gateways", "kubernetes.yaml"))
                        .replace(":8443/", ":" + revoker.lines().get(1).port() + "/")
                        .replace(
                                "/etc/revoker/ca.pem",
                                revoker.certificate().certificate().toString()));
    }

    @AfterAll
    static void stop() {
        revoker.close();
    }

    /** With the fields that Kubernetes knows, and no others. */
    @Test
    void isAKubeconfig() throws IOException {
        Config config = config();

        assertThat(config.getAdditionalProperties()).isEmpty();
        assertThat(config.getApiVersion()).isEqualTo("v1");
        assertThat(config.getKind()).isEqualTo("Config");
        assertThat(context(config).getAdditionalProperties()).isEmpty();
        assertThat(cluster(config).getAdditionalProperties()).isEmpty();
        assertThat(user(config).getAdditionalProperties()).isEmpty();
        assertThat(Path.of(cluster(config).getCertificateAuthority())).exists();
        assertThat(cluster(config).getInsecureSkipTlsVerify()).isNotEqualTo(true);
    }

    @Test
    void tellsTheApiServerWhoseTokenItIsUntilThatIsRevoked() throws IOException, InterruptedException {
        String user = Api.fresh("joe");
        String token = revoker.access("corp", user);

        assertThat(review(token).at("/user/username").textValue()).isEqualTo(user);
        revoker.revoke("{\"username\":\"" + user + "\"}");

        for (String bad : new String[] {token, "garbage", revoker.refresh("corp", user)}) {
            assertThat(review(bad)).hasToString("{\"authenticated\":false}");
        }
    }

    @Test
    void leavesTheApiServerWithoutAnAnswerWhileItCanNotBeDecided() throws IOException, InterruptedException {
        String token = revoker.access("corp", "joe");
        revoker.redis().kill();

        int status = send(token).statusCode();

        revoker.redis().start();
        revoker.awaitReady();
        assertThat(status).isEqualTo(503);
    }

    @Test
    @NeedsTools
    void isReadAndSentByTheLibraryOfKubernetes() throws IOException {
        String user = Api.fresh("joe");
        String token = revoker.access("corp", user);

        assertThat(kubectl(token).at("/status/user/username").textValue()).isEqualTo(user);
        revoker.revoke("{\"token\":\"" + token + "\"}");
        assertThat(kubectl(token).at("/status")).hasToString("{\"authenticated\":false}");
    }

    private static JsonNode kubectl(String token) throws IOException {
        Path review = Files.writeString(directory.resolve("review.json"), body(token));
        Path answer = directory.resolve("answer.json");
        Path errors = directory.resolve("errors");
        int status = KubectlProgram.run(KubectlProgram.with(
                        "--kubeconfig=" + file,
                        "create",
                        "--raw=" + URI.create(cluster(config()).getServer()).getPath(),
                        "--filename=" + review)
                .redirectOutput(answer.toFile())
                .redirectError(errors.toFile()));
        assertThat(status).as(Files.readString(errors)).isZero();
        return JSON.readTree(answer.toFile());
    }

    private static JsonNode review(String token) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).required("status");
    }

    private static HttpResponse<String> send(String token) throws IOException, InterruptedException {
        Config config = config();
        String credentials = user(config).getUsername() + ':' + user(config).getPassword();
        return HttpClient.newBuilder()
                .sslContext(revoker.certificate().trust())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(cluster(config).getServer() + "?timeout=30s"))
                                .timeout(Waiting.PATIENCE)
                                .header("Authorization", "Basic " + Call.base64(credentials))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body(token)))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static String body(String token) {
        return "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1\",\"metadata\":"
                + "{\"creationTimestamp\":null},\"spec\":{\"token\":\"" + token + "\"},\"status\":{\"user\":{}}}";
    }

    private static Config config() throws IOException {
        return new YAMLMapper().readValue(file.toFile(), Config.class);
    }

    private static Context context(Config config) {
        return config.getContexts().stream()
                .filter(each -> each.getName().equals(config.getCurrentContext()))
                .findFirst()
                .orElseThrow()
                .getContext();
    }

    private static Cluster cluster(Config config) {
        return config.getClusters().stream()
                .filter(each -> each.getName().equals(context(config).getCluster()))
                .findFirst()
                .orElseThrow()
                .getCluster();
    }

    private static AuthInfo user(Config config) {
        return config.getUsers().stream()
                .filter(each -> each.getName().equals(context(config).getUser()))
                .findFirst()
                .orElseThrow()
                .getUser();
    }
}
