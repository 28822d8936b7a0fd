package io.revoker.gateways;

import static io.revoker.gateways.EnvoyClient.bearing;
import static io.revoker.gateways.EnvoyClient.denied;
import static io.revoker.gateways.EnvoyClient.headers;
import static io.revoker.gateways.EnvoyClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envoy's filter ext_authz over gRPC, at the level of its protocol: there is no Envoy here. */
class EnvoyAuthorizationTest {
    private static RunningService revoker;
    private static EnvoyClient envoy;
    private static AuthorizationGrpc.AuthorizationBlockingStub filter;

    /** How Envoy sends the headers of a request: the second way with {@code encode_raw_headers: true}. */
    enum Encoding {
        HEADERS {
            @Override
            void add(HttpRequest.Builder http, String name, String value) {
                http.putHeaders(name, value);
            }
        },
        HEADER_MAP {
            @Override
            void add(HttpRequest.Builder http, String name, String value) {
                http.getHeaderMapBuilder()
                        .addHeaders(HeaderValue.newBuilder()
                                .setKey(name)
                                .setRawValue(ByteString.copyFrom(value, StandardCharsets.ISO_8859_1)));
            }
        },
        HEADER_MAP_OF_TEXT {
            @Override
            void add(HttpRequest.Builder http, String name, String value) {
                http.getHeaderMapBuilder()
                        .addHeaders(HeaderValue.newBuilder().setKey(name).setValue(value));
            }
        };

        abstract void add(HttpRequest.Builder http, String name, String value);

        CheckRequest of(String... namesAndValues) {
            HttpRequest.Builder http = HttpRequest.newBuilder();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                add(http, namesAndValues[i], namesAndValues[i + 1]);
            }
            return request(http);
        }
    }

    @BeforeAll
    static void start() {
        revoker = RunningService.start(ClientFiles.option(), "--grpc.enabled=true", "--grpc.port=0");
        envoy = EnvoyClient.inClearText(revoker.service().grpcPort().orElseThrow());
        filter = envoy.filter(ClientFiles.GATEWAY);
    }

    @AfterAll
    static void stop() {
        envoy.close();
        revoker.close();
    }

    @ParameterizedTest
    @EnumSource
    void aGoodTokenPassesWithItsOwnerInPlaceOfWhatTheClientSent(Encoding encoding) {
        String token = ClientFiles.token(revoker, "corp");

        CheckResponse response = filter.check(encoding.of(
                ":path", "/orders/42?x=%zz",
                "x-auth-subject", "admin",
                "x-auth-roles", "root",
                "x_auth_subject", "admin",
                "accept", "*/*",
                "authorization", "Bearer " + token));

        assertThat(response.getStatus().getCode()).isZero();
        List<HeaderValueOption> set = response.getOkResponse().getHeadersList();
        assertThat(headers(set)).isEqualTo(overHttp(token));
        assertThat(set).allMatch(EnvoyAuthorizationTest::replaces);
        assertThat(response.getOkResponse().getHeadersToRemoveList()).containsExactly("x-auth-roles", "x_auth_subject");
    }

    /** By both fields that say so: Envoy takes an absent {@code append} for false in this message. */
    @SuppressWarnings("deprecation") // older ones read nothing else
    private static boolean replaces(HeaderValueOption header) {
        return !header.hasAppend() && header.getAppendAction() == HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD;
    }

    private static List<String> overHttp(String token) {
        Reply check = revoker.call("GET", "/v1/check")
                .header("Revoker-Authorization", "Basic " + Call.base64(ClientFiles.GATEWAY + ":" + ClientFiles.SECRET))
                .bearer(token)
                .send();
        return List.of("x-auth-subject", "x-auth-realm", "x-auth-exp", "x-auth-client", "x-auth-scope").stream()
                .map(name -> name + ": " + check.header(name))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatIsNotGoodIsDeniedAsOverHttp(Encoding encoding) {
        String token = ClientFiles.token(revoker, "corp");
        revoker.call("DELETE", Api.PATH)
                .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                .json("{\"token\":\"" + token + "\"}")
                .send();

        assertThat(denied(filter.check(encoding.of("authorization", "Bearer " + token))))
                .isEqualTo("16 401 [www-authenticate: Bearer error=\"invalid_token\", error_description=\"revoked\","
                        + " cache-control: no-store]");
        assertThat(denied(filter.check(encoding.of("authorization", "DPoP never-registered"))))
                .contains("401", "DPoP error=\"invalid_token\", error_description=\"unknown or expired\"");
        assertThat(denied(filter.check(encoding.of("accept", "*/*"))))
                .isEqualTo("16 401 [www-authenticate: Bearer, cache-control: no-store]");
        assertThat(denied(filter.check(encoding.of("authorization", "Basic am9lOmpvZQ=="))))
                .contains("401", "www-authenticate: Bearer,");
        String refresh = ClientFiles.token(revoker, "corp", "refresh_token");
        assertThat(denied(filter.check(encoding.of("authorization", "Bearer " + refresh))))
                .contains("401", "not an access token");
    }

    @Test
    void twoTokensAreNone() {
        String token = ClientFiles.token(revoker, "corp");
        String[] twice = {"authorization", "Bearer " + token, "Authorization", "Bearer " + token};
        CheckRequest bothWays = Encoding.HEADERS.of("authorization", "Bearer " + token).toBuilder()
                .mergeFrom(Encoding.HEADER_MAP.of("authorization", "Bearer " + token))
                .build();

        assertThat(denied(filter.check(Encoding.HEADER_MAP.of(twice)))).contains("401", "www-authenticate: Bearer,");
        assertThat(denied(filter.check(bothWays))).contains("401", "www-authenticate: Bearer,");
        assertThat(denied(filter.check(bearing(token + ",Bearer " + token)))).contains("401");
    }

    @Test
    void aFilterWithoutGoodCredentialsIsRefused() {
        String token = ClientFiles.token(revoker, "corp");

        assertThat(denied(envoy.filter().check(bearing(token)))).isEqualTo("7 403 [cache-control: no-store]");
        assertThat(denied(envoy.filter("nobody").check(bearing(token)))).contains("7 403");
        assertThat(denied(envoy.filter(ClientFiles.OPS).check(bearing(token)))).contains("7 403");
        assertThat(denied(envoy.filter(ClientFiles.CORP).check(bearing(ClientFiles.token(revoker, "partners")))))
                .contains("401", "unknown or expired");
    }

    /** Never a failure of the call, which failure_mode_allow would take for a yes. */
    @Test
    void whatCanNotBeReadIsDenied() {
        String token = ClientFiles.token(revoker, "corp");

        assertThat(denied(filter.check(
                        Encoding.HEADERS.of("authorization", "Bearer " + token, "cookie", "c".repeat(200_000)))))
                .contains("431");
        assertThat(denied(sent(new byte[] {10, 127, 1}))).contains("400");
        assertThat(denied(sent(new byte[0]))).contains("401");
        assertThat(filter.check(Encoding.HEADERS.of("authorization", "Bearer " + token, "cookie", "c".repeat(60_000)))
                        .getStatus()
                        .getCode())
                .isZero();
    }

    private static CheckResponse sent(byte[] message) {
        var anything = AuthorizationGrpc.getCheckMethod().toBuilder(
                        new Bytes(), ProtoUtils.marshaller(CheckResponse.getDefaultInstance()))
                .build();
        return ClientCalls.blockingUnaryCall(filter.getChannel(), anything, CallOptions.DEFAULT, message);
    }

    /** A message as it is. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void compressedMessagesAndOtherMethodsAreNotImplemented() {
        assertThatThrownBy(() -> filter.withCompression("gzip").check(bearing("x".repeat(100))))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("UNIMPLEMENTED");
        var other = AuthorizationGrpc.getCheckMethod().toBuilder()
                .setFullMethodName("envoy.service.auth.v3.Authorization/Revoke")
                .build();
        assertThatThrownBy(() ->
                        ClientCalls.blockingUnaryCall(filter.getChannel(), other, CallOptions.DEFAULT, bearing("x")))
                .hasMessageStartingWith("UNIMPLEMENTED");
        assertThat(Call.of(
                                "POST",
                                URI.create("http://127.0.0.1:"
                                        + revoker.service().grpcPort().orElseThrow() + "/v1/check"))
                        .send()
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "envoy.service.auth.v3.Authorization"})
    void isHealthy(String service) {
        var health = HealthGrpc.newBlockingStub(envoy.channel());

        assertThat(health.check(HealthCheckRequest.newBuilder()
                                .setService(service)
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        var watch = health.withDeadlineAfter(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .watch(HealthCheckRequest.newBuilder().setService(service).build());
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void knowsNoOtherServices() {
        var health = HealthGrpc.newBlockingStub(envoy.channel());
        var other = HealthCheckRequest.newBuilder().setService("other").build();

        assertThatThrownBy(() -> health.check(other)).hasMessageStartingWith("NOT_FOUND");
        assertThat(health.watch(other).next().getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
    }

    @Test
    void isCountedAndLeavesNothingInFlight() {
        double before = refusals();

        filter.check(bearing("never-registered"));

        assertThat(refusals()).isEqualTo(before + 1);
        Waiting.until("nothing in flight", () -> revoker.inFlight() == 0);
    }

    private static double refusals() {
        return Scrape.of(revoker).samples("revoker_http_requests_seconds_count").entrySet().stream()
                .filter(sample -> sample.getKey().contains("Authorization/Check")
                        && sample.getKey().contains("401"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
