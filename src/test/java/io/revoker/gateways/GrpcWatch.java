package io.revoker.gateways;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.revoker.testing.Waiting;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A call of gRPC that stays open, over a connection of its own. */
final class GrpcWatch implements StreamObserver<HealthCheckResponse>, AutoCloseable {
    private final ManagedChannel channel;
    private final CompletableFuture<HealthCheckResponse> begun = new CompletableFuture<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    private GrpcWatch(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Returns when the first message has come. */
    static GrpcWatch at(URI gateway, String token) {
        GrpcWatch watch = new GrpcWatch(NettyChannelBuilder.forAddress(gateway.getHost(), gateway.getPort())
                .usePlaintext()
                .build());
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        HealthGrpc.newStub(watch.channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .watch(HealthCheckRequest.getDefaultInstance(), watch);
        watch.begun.orTimeout(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return watch;
    }

    CompletableFuture<Status> end() {
        return end;
    }

    @Override
    public void onNext(HealthCheckResponse message) {
        begun.complete(message);
    }

    @Override
    public void onError(Throwable failure) {
        begun.completeExceptionally(failure);
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        begun.completeExceptionally(new IllegalStateException("no message"));
        end.complete(Status.OK);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
