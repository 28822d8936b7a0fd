package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.revoker.testing.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes for Envoy, read as the messages that Envoy reads its configuration as: an unknown name or a wrong type fails. */
class EnvoyRecipesTest {
    private static final JsonFormat.TypeRegistry EXTENSIONS = JsonFormat.TypeRegistry.newBuilder()
            .add(List.of(
                    HttpConnectionManager.getDescriptor(),
                    ExtAuthz.getDescriptor(),
                    Router.getDescriptor(),
                    HttpProtocolOptions.getDescriptor()))
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"envoy.yaml", "envoy-grpc.yaml"})
    void letNothingThroughThatCouldNotBeChecked(String recipe) throws IOException {
        ExtAuthz filter = filter(read(recipe));

        assertThat(filter.getFailureModeAllow()).isFalse();
        assertThat(filter.getStatusOnError().getCode()).isEqualTo(StatusCode.ServiceUnavailable);
        assertThat(filter.hasWithRequestBody()).isFalse();
    }

    @Test
    void overGrpcHeadersAreRawAndTheGatewaySendsItsCredentials() throws IOException {
        Bootstrap envoy = read("envoy-grpc.yaml");
        ExtAuthz filter = filter(envoy);

        assertThat(filter.getEncodeRawHeaders()).isTrue();
        assertThat(filter.getGrpcService().getInitialMetadataList())
                .containsExactly(HeaderValue.newBuilder()
                        .setKey("revoker-authorization")
                        .setValue("Basic " + Call.base64("gateway:o5SjXssUTCgm0K1v2DBwGy70NCQGn4j4cRWNU7xDQRA"))
                        .build());
        Cluster revoker = envoy.getStaticResources().getClusters(0);
        assertThat(revoker.getName())
                .isEqualTo(filter.getGrpcService().getEnvoyGrpc().getClusterName());
        assertThat(revoker.getHealthChecks(0).hasGrpcHealthCheck()).isTrue();
        assertThat(revoker.getTypedExtensionProtocolOptionsOrThrow(
                                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions")
                        .unpack(HttpProtocolOptions.class)
                        .getExplicitHttpConfig()
                        .hasHttp2ProtocolOptions())
                .isTrue();
    }

    private static ExtAuthz filter(Bootstrap envoy) throws InvalidProtocolBufferException {
        HttpConnectionManager manager = envoy.getStaticResources()
                .getListeners(0)
                .getFilterChains(0)
                .getFilters(0)
                .getTypedConfig()
                .unpack(HttpConnectionManager.class);
        return manager.getHttpFilters(0).getTypedConfig().unpack(ExtAuthz.class);
    }

    private static Bootstrap read(String recipe) throws IOException {
        JsonNode yaml =
                new YAMLMapper().readTree(Path.of("conf", "gateways", recipe).toFile());
        Bootstrap.Builder envoy = Bootstrap.newBuilder();
        JsonFormat.parser().usingTypeRegistry(EXTENSIONS).merge(yaml.toString(), envoy);
        return envoy.build();
    }
}
