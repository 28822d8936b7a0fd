package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 8414. */
class MetadataTest {
    private static final String PATH = "/.well-known/oauth-authorization-server";

    @Test
    void saysWhereTheEndpointsAre() {
        try (RunningService service = start("--oauth.issuer=https://auth.example")) {
            Reply reply = service.call("GET", PATH).send();

            assertThat(reply)
                    .hasToString("200 {\"issuer\":\"https://auth.example\",\"response_types_supported\":[],"
                            + "\"revocation_endpoint\":\"https://auth.example/oauth2/revoke\","
                            + "\"revocation_endpoint_auth_methods_supported\":[\"client_secret_basic\"],"
                            + "\"introspection_endpoint\":\"https://auth.example/oauth2/introspect\","
                            + "\"introspection_endpoint_auth_methods_supported\":[\"client_secret_basic\"],"
                            + "\"global_token_revocation_endpoint\":"
                            + "\"https://auth.example/oauth2/global-token-revocation\","
                            + "\"global_token_revocation_endpoint_auth_methods_supported\":[\"client_secret_basic\"]}");
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
            assertThat(reply.header("Cache-Control")).isEqualTo("public, max-age=300");
        }
    }

    @Test
    void isNotSentAgainToWhoHasIt() {
        try (RunningService service = start("--oauth.issuer=https://auth.example")) {
            String tag = service.call("GET", PATH).send().header("ETag");

            assertThat(tag).matches("\"[0-9a-f]+\"");
            assertThat(service.call("GET", PATH).header("If-None-Match", tag).send())
                    .satisfies(same -> {
                        assertThat(same).hasToString("304 ");
                        assertThat(same.header("ETag")).isEqualTo(tag);
                        assertThat(same.header("Cache-Control")).isEqualTo("public, max-age=300");
                    });
            assertThat(service.call("GET", PATH)
                            .header("If-None-Match", "\"other\"")
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    /** Section 3.1: the path of the issuer comes last; behind a proxy that strips it, it is gone. */
    @Test
    void hasThePathOfTheIssuerBehindItsOwn() {
        try (RunningService service =
                start("--oauth.issuer=https://example.com/auth/", "--oauth.client-secret-post=true")) {
            Reply reply = service.call("GET", PATH + "/auth").send();

            assertThat(reply.json().required("issuer").textValue()).isEqualTo("https://example.com/auth/");
            assertThat(reply.json().required("revocation_endpoint").textValue())
                    .isEqualTo("https://example.com/auth/oauth2/revoke");
            assertThat(reply.json()
                            .required("revocation_endpoint_auth_methods_supported")
                            .toString())
                    .isEqualTo("[\"client_secret_basic\",\"client_secret_post\"]");
            assertThat(service.call("GET", PATH).send().body()).isEqualTo(reply.body());
            assertThat(service.call("GET", PATH + "/other").send().status()).isEqualTo(404);
        }
    }

    @Test
    void saysWithWhichKeysItSigns(@TempDir Path directory) {
        try (RunningService service =
                start("--oauth.issuer=https://example.com/auth", "--signing.file=" + SigningFile.in(directory))) {
            JsonNode metadata = service.call("GET", PATH).send().json();

            assertThat(metadata.required("jwks_uri").textValue())
                    .isEqualTo("https://example.com/auth/.well-known/jwks.json");
            assertThat(metadata.required("introspection_signing_alg_values_supported"))
                    .hasToString("[\"ES256\"]");
        }
    }

    @Test
    void isNotThereWithoutAnIssuer() {
        Reply reply =
                RunningService.shared(RedisServers.embedded()).call("GET", PATH).send();

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().required("detail").textValue())
                .isEqualTo("oauth.issuer: not set (expected: the URL of this service)");
    }

    private static RunningService start(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = ClientFiles.option();
        all[1] = "--redis.prefix=" + Api.fresh("metadata");
        System.arraycopy(options, 0, all, 2, options.length);
        return RunningService.start(all);
    }
}
