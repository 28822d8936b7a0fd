package io.revoker.gateways;

import static io.revoker.gateways.EnvoyClient.bearing;
import static io.revoker.gateways.EnvoyClient.denied;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.trace.v1.Span;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.testing.Certificate;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.SpanReceiver;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener for gRPC with TLS and traces, from its start to its stop. */
class GrpcListenerTest {
    private final TrustedIssuer issuer = TrustedIssuer.demanding(VerifiedJwt.Demand.EITHER);

    @TempDir
    private Path directory;

    @Test
    void answersOverTlsTracesItsCallsAndEndsWatchesWhenItStops() throws IOException {
        Certificate certificate = Certificate.make(directory);
        try (SpanReceiver spans = SpanReceiver.start()) {
            RunningService revoker = start(certificate, spans);
            try (EnvoyClient envoy =
                    client(certificate, revoker.service().grpcPort().orElseThrow())) {
                String token = issuer.token("joe");
                assertThat(envoy.filter().check(bearing(token)).hasOkResponse()).isTrue();

                issuer.setAway(true);
                assertThat(denied(envoy.filter().check(bearing(token))))
                        .isEqualTo("14 503 [cache-control: no-store, retry-after: 1]");
                Waiting.until(
                        "a span of the call",
                        () -> spans.spans().stream()
                                .map(Span::getName)
                                .anyMatch("POST /envoy.service.auth.v3.Authorization/Check"::equals));

                Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(envoy.channel())
                        .withDeadlineAfter(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .watch(HealthCheckRequest.getDefaultInstance());
                assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
                Future<Void> stopped = revoker.stop();
                assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
                assertThatThrownBy(watch::hasNext).hasMessageStartingWith("UNAVAILABLE");
                get(stopped);
            }
        }
    }

    private RunningService start(Certificate certificate, SpanReceiver spans) {
        return RunningService.trusting(
                issuer,
                RedisServers.embedded().url(),
                spans.options(
                        "--grpc.enabled=true",
                        "--grpc.port=0",
                        "--http.tls.enabled=true",
                        "--http.tls.certificate=" + certificate.certificate(),
                        "--http.tls.key=" + certificate.key()));
    }

    private static EnvoyClient client(Certificate certificate, int port) throws IOException {
        return EnvoyClient.of(NettyChannelBuilder.forAddress("localhost", port)
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(certificate.certificate().toFile())
                        .build()));
    }
}
