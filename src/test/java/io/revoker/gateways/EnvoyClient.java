package io.revoker.gateways;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Waiting;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks as Envoy does, with gRPC's own client for Java and the messages that Envoy publishes. */
public final class EnvoyClient implements AutoCloseable {
    private final ManagedChannel channel;

    private EnvoyClient(ManagedChannel channel) {
        this.channel = channel;
    }

    public static EnvoyClient inClearText(int port) {
        return new EnvoyClient(
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build());
    }

    static EnvoyClient of(NettyChannelBuilder channel) {
        return new EnvoyClient(channel.build());
    }

    ManagedChannel channel() {
        return channel;
    }

    /** A filter with credentials of its gateway in its initial_metadata. */
    AuthorizationGrpc.AuthorizationBlockingStub filter(String client) {
        Metadata initial = new Metadata();
        initial.put(
                Metadata.Key.of("revoker-authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Basic " + Call.base64(client + ":" + ClientFiles.SECRET));
        return filter().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(initial));
    }

    AuthorizationGrpc.AuthorizationBlockingStub filter() {
        return AuthorizationGrpc.newBlockingStub(channel).withInterceptors(new Patience());
    }

    /** The HTTP status that a filter without credentials answers a request with this token with. */
    public int check(String token) {
        CheckResponse response = filter().check(bearing(token));
        return response.hasOkResponse()
                ? StatusCode.OK_VALUE
                : response.getDeniedResponse().getStatus().getCodeValue();
    }

    /** Each call has its own time: the deadline of a stub begins when the stub is made. */
    private static final class Patience implements ClientInterceptor {
        @Override
        public <A, B> ClientCall<A, B> interceptCall(MethodDescriptor<A, B> method, CallOptions options, Channel next) {
            return next.newCall(method, options.withDeadlineAfter(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
    }

    static CheckRequest request(HttpRequest.Builder http) {
        CheckRequest.Builder request = CheckRequest.newBuilder();
        request.getAttributesBuilder()
                .putContextExtensions("virtual_host", "shop")
                .getRequestBuilder()
                .setHttp(http.setMethod("GET").setPath("/orders/42?x=%zz").setHost("shop.example"));
        request.getAttributesBuilder().getSourceBuilder().setPrincipal("spiffe://shop/web");
        return request.build();
    }

    static CheckRequest bearing(String token) {
        return request(HttpRequest.newBuilder().putHeaders("authorization", "Bearer " + token));
    }

    /** What the client of the gateway gets. */
    static String denied(CheckResponse response) {
        return response.getStatus().getCode() + " "
                + response.getDeniedResponse().getStatus().getCodeValue() + " "
                + headers(response.getDeniedResponse().getHeadersList());
    }

    static List<String> headers(List<HeaderValueOption> headers) {
        return headers.stream()
                .map(option ->
                        option.getHeader().getKey() + ": " + option.getHeader().getValue())
                .toList();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
