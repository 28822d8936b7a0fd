package io.revoker.http.server;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health checks by gRPC tell while there is no Redis. */
class GrpcHealthTest {

    @Test
    void doesNotServeWithoutRedis(@TempDir Path directory) {
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), directory);
                RunningService service = RunningService.on(redis.url(), "--grpc.enabled=true", "--grpc.port=0")) {
            ManagedChannel channel = NettyChannelBuilder.forAddress(
                            "127.0.0.1", service.service().grpcPort().orElseThrow())
                    .usePlaintext()
                    .build();
            try {
                until("it serves", () -> status(channel) == ServingStatus.SERVING);

                redis.kill();
                until("it does not", () -> status(channel) == ServingStatus.NOT_SERVING);

                redis.start();
                until("it serves again", () -> status(channel) == ServingStatus.SERVING);
            } finally {
                channel.shutdownNow();
            }
            assertThat(channel.isShutdown()).isTrue();
        }
    }

    private static ServingStatus status(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }
}
