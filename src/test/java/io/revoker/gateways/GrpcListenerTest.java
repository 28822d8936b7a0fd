package io.revoker.gateways;

import static io.revoker.gateways.EnvoyClient.bearing;
import static io.revoker.gateways.EnvoyClient.denied;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.trace.v1.Span;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.testing.Certificate;
import io.revoker.testing.MountedFiles;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.SpanReceiver;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener for gRPC with TLS and traces, from its start to its stop. */
class GrpcListenerTest {
    /** Connections are spread over two event loops. */
    private static final int TRIES = 4;

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

    @Test
    void showsARenewedCertificateToWhoeverConnectsFromThenOn() throws IOException {
        Certificate first = Certificate.make(directory.resolve("first"));
        Certificate second = Certificate.make(directory.resolve("second"));
        MountedFiles mounted = MountedFiles.in(directory.resolve("tls"));
        mounted.put(files(first));
        try (RunningService revoker = RunningService.reading(
                "--reload.interval=20ms",
                "--grpc.enabled=true",
                "--grpc.port=0",
                "--http.tls.enabled=true",
                "--http.tls.certificate=" + directory.resolve("tls/tls.crt"),
                "--http.tls.key=" + directory.resolve("tls/tls.key"))) {
            int port = revoker.service().grpcPort().orElseThrow();
            try (EnvoyClient connected = client(first, port)) {
                assertThat(connected.check("garbage")).isEqualTo(401);
                assertThat(isTrusted(second, port)).isFalse();

                mounted.put(files(second));

                Waiting.until("it is shown", () -> isTrusted(second, port));
                Waiting.until(
                        "by every event loop",
                        () -> IntStream.range(0, TRIES)
                                .allMatch(i -> isTrusted(second, port) && !isTrusted(first, port)));
                assertThat(connected.check("garbage")).as("on its connection").isEqualTo(401);
            }
        }
    }

    private static boolean isTrusted(Certificate certificate, int port) {
        try (EnvoyClient stranger = client(certificate, port)) {
            return stranger.check("garbage") == 401;
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> files(Certificate certificate) throws IOException {
        return Map.of(
                "tls.crt", Files.readString(certificate.certificate()),
                "tls.key", Files.readString(certificate.key()));
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
