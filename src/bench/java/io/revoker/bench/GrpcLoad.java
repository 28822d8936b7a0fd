package io.revoker.bench;

import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Asks as Envoy does, over one connection, with a number of calls at a time. Answers are not parsed. */
record GrpcLoad(int port, int calls) {
    /** The messages that ask about tokens. */
    static byte[][] messages(String[] tokens) {
        return IntStream.range(0, tokens.length)
                .mapToObj(i -> message(tokens[i]))
                .toArray(byte[][]::new);
    }

    private static byte[] message(String token) {
        CheckRequest.Builder request = CheckRequest.newBuilder();
        request.getAttributesBuilder()
                .getRequestBuilder()
                .getHttpBuilder()
                .setMethod("GET")
                .setPath("/")
                .setHost("localhost")
                .putHeaders("authorization", "Bearer " + token);
        return request.build().toByteArray();
    }

    /** Calls a second. Fails if an answer is no success. */
    double during(Duration time, IntFunction<byte[]> messages, int count) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
        try {
            Run run = new Run(channel, messages, count, System.nanoTime() + time.toNanos());
            long began = System.nanoTime();
            List<CompletableFuture<Void>> all =
                    IntStream.range(0, calls).mapToObj(i -> run.loop()).toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            return run.answered.get() * 1e9 / (System.nanoTime() - began);
        } finally {
            channel.shutdownNow();
        }
    }

    private record Run(
            ManagedChannel channel,
            IntFunction<byte[]> messages,
            int count,
            long end,
            AtomicInteger next,
            AtomicInteger answered) {
        Run(ManagedChannel channel, IntFunction<byte[]> messages, int count, long end) {
            this(channel, messages, count, end, new AtomicInteger(), new AtomicInteger());
        }

        /** One call after the other, until it is over. */
        CompletableFuture<Void> loop() {
            CompletableFuture<Void> done = new CompletableFuture<>();
            next(done);
            return done;
        }

        private void next(CompletableFuture<Void> done) {
            if (System.nanoTime() >= end) {
                done.complete(null);
                return;
            }
            ClientCalls.asyncUnaryCall(
                    channel.newCall(METHOD, CallOptions.DEFAULT),
                    messages.apply(Math.floorMod(next.getAndIncrement(), count)),
                    new StreamObserver<byte[]>() {
                        @Override
                        public void onNext(byte[] answer) {
                            if (!isAllowed(answer)) {
                                done.completeExceptionally(new IllegalStateException("load: an answer that is no OK"));
                            }
                        }

                        @Override
                        public void onError(Throwable failure) {
                            done.completeExceptionally(failure);
                        }

                        @Override
                        public void onCompleted() {
                            answered.incrementAndGet();
                            next(done);
                        }
                    });
        }
    }

    /** Only what decides is looked at. */
    private static boolean isAllowed(byte[] answer) {
        try {
            return answer.length > 2 && CheckResponse.parseFrom(answer).hasOkResponse();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static final MethodDescriptor<byte[], byte[]> METHOD = AuthorizationGrpc.getCheckMethod().toBuilder(
                    new Bytes(), new Bytes())
            .build();

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException lost) {
                throw new UncheckedIOException(lost);
            }
        }
    }
}
