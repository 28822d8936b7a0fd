package io.revoker.gateways;

import static io.revoker.gateways.EnvoyClient.bearing;
import static io.revoker.gateways.EnvoyClient.denied;
import static io.revoker.gateways.EnvoyClient.headers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.revoker.testing.Call;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The requests that Envoy, and an implementation of the Gateway API, are documented to send with the configurations in
 * conf/gateways: there is no program of them here. Both keep the method, put a prefix before the path, and send no body.
 */
class AuthorizationFilterTest {
    private static final Set<String> IDENTITY =
            Set.of("x-auth-subject", "x-auth-realm", "x-auth-exp", "x-auth-client", "x-auth-scope");

    private static RunningService withClients;
    private static RunningService open;

    @BeforeAll
    static void start() {
        withClients = RunningService.start("--clients.file=conf/clients.example.yaml");
        open = RunningService.start(
                "--clients.file=conf/clients.example.yaml",
                "--check.without-credentials=true",
                "--grpc.enabled=true",
                "--grpc.port=0");
    }

    @AfterAll
    static void stop() {
        withClients.close();
        open.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "POST /orders/42?x=%zz", "PROPFIND /a%2Fb/../c", "OPTIONS /v1/tokens"})
    void envoyGetsTheIdentityOfAGoodTokenAndARefusalOfAnyOther(String request) throws IOException {
        JsonNode authorization = envoy();
        JsonNode added = authorization.at("/authorization_request/headers_to_add/0");
        String gateway = added.path("key").asText() + ": " + added.path("value").asText() + "\r\n";
        String prefix = authorization.path("path_prefix").asText();

        RawConnection.Answer good = ask(withClients, prefix, request, gateway, access(withClients));
        RawConnection.Answer bad = ask(withClients, prefix, request, gateway, "never-registered");

        assertThat(good.status()).isEqualTo(200);
        assertThat(identity(good)).isEqualTo(IDENTITY);
        JsonNode response = authorization.path("authorization_response");
        assertThat(IDENTITY)
                .allMatch(name -> name.startsWith(response.at("/allowed_upstream_headers/patterns/0/prefix")
                        .asText()));
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.headers())
                .containsKey(
                        response.at("/allowed_client_headers/patterns/0/exact").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "DELETE /orders/42?x"})
    void theGatewayApiGetsTheIdentityOfAGoodTokenAndARefusalOfAnyOther(String request) throws IOException {
        JsonNode http = read("gateway-api.yaml").at("/spec/rules/0/filters/0/externalAuth/http");
        String prefix = http.path("path").asText();

        RawConnection.Answer good = ask(open, prefix, request, "", access(open));
        RawConnection.Answer bad = ask(open, prefix, request, "", "never-registered");

        assertThat(good.status()).isEqualTo(200);
        assertThat(identity(good)).isEqualTo(IDENTITY).isEqualTo(names(http.path("allowedResponseHeaders")));
        assertThat(bad.status()).isEqualTo(401);
    }

    /** With forwardBody: the request has its own length, and the next one comes on the same connection. */
    @Test
    void theGatewayApiMayForwardTheBody() {
        String body = "DELETE /_security/oauth2/token HTTP/1.1\r\nHost: shop.example\r\n\r\n";
        String head = "POST /v1/check/orders HTTP/1.1\r\nHost: shop.example\r\nContent-Length: " + body.length()
                + "\r\nAuthorization: Bearer ";

        try (RawConnection connection = open.connect()) {
            assertThat(connection
                            .exchange(head + access(open) + "\r\n\r\n" + body)
                            .status())
                    .isEqualTo(200);
            assertThat(connection
                            .exchange(head + "never-registered\r\n\r\n" + body)
                            .status())
                    .isEqualTo(401);
        }
    }

    /** GEP-1494: by gRPC the filter is Envoy's, with all headers if none are listed. */
    @Test
    void theGatewayApiAsksByGrpcWithoutCredentials() throws IOException {
        JsonNode filter = read("gateway-api-grpc.yaml").at("/spec/rules/0/filters/0/externalAuth");
        String token = access(open);

        assertThat(filter.path("protocol").asText()).isEqualTo("GRPC");
        assertThat(filter.path("grpc")).isEmpty();
        try (EnvoyClient gateway =
                EnvoyClient.inClearText(open.service().grpcPort().orElseThrow())) {
            assertThat(headers(gateway.filter()
                            .check(bearing(token))
                            .getOkResponse()
                            .getHeadersList()))
                    .hasSize(IDENTITY.size())
                    .contains("x-auth-subject: joe", "x-auth-realm: corp");
            assertThat(denied(gateway.filter().check(bearing("never-registered"))))
                    .contains("401");
            assertThat(denied(gateway.filter("nobody").check(bearing(token)))).contains("403");
        }
    }

    @Test
    void onlyTheCheckAnswersThoseWithoutCredentials() {
        String token = access(open);

        assertThat(open.call("GET", "/v1/check").bearer(token).send().status()).isEqualTo(200);
        assertThat(withClients.call("GET", "/v1/check").bearer(token).send().status())
                .isEqualTo(403);
        assertThat(open.call("POST", "/oauth2/introspect")
                        .form("token=" + token)
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(open.call("POST", "/v1/checks")
                        .json("{\"tokens\":[\"" + token + "\"]}")
                        .send()
                        .status())
                .isEqualTo(401);
    }

    private static JsonNode envoy() throws IOException {
        return read("envoy.yaml")
                .at("/static_resources/listeners/0/filter_chains/0/filters/0/typed_config/http_filters/0/typed_config")
                .path("http_service");
    }

    private static JsonNode read(String recipe) throws IOException {
        return new YAMLMapper().readTree(Path.of("conf", "gateways", recipe).toFile());
    }

    private static RawConnection.Answer ask(
            RunningService revoker, String prefix, String request, String gateway, String token) {
        String line = request.replaceFirst(" ", " " + prefix);
        try (RawConnection connection = revoker.connect()) {
            return connection.exchange(line + " HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\n" + gateway
                    + "Authorization: Bearer " + token + "\r\n\r\n");
        }
    }

    private static String access(RunningService revoker) {
        return Call.of("POST", revoker.uri("/v1/tokens"))
                .basic("as1", "kuKnEsx9TbUwiN1AatAORUEd8fSRnG3viL0GvIbVKGw")
                .json("{\"realm_name\":\"corp\",\"username\":\"joe\",\"mint\":[\"access_token\"]}")
                .send()
                .json()
                .required("access_token")
                .textValue();
    }

    private static Set<String> identity(RawConnection.Answer answer) {
        return answer.headers().keySet().stream()
                .filter(name -> name.startsWith("x-auth-"))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(name -> name.asText().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
