package io.revoker.http.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code grpc.health.v1.Health}: whether the service can do its work, of all methods together (the service {@code ""})
 * or of the one that is served here. Its messages are one field each (<a
 * href="https://github.com/grpc/grpc/blob/master/doc/health-checking.md">health-checking.md</a>). Used by one event
 * loop.
 */
final class HealthMethods {
    static final ServiceMethod<Buffer, Buffer> WATCH = method("Watch");
    private static final ServiceMethod<Buffer, Buffer> CHECK = method("Check");
    private static final int FIELD = 1;
    private static final int SERVING = 1;
    private static final int NOT_SERVING = 2;
    private static final int SERVICE_UNKNOWN = 3;
    private static final long PERIOD_MILLIS = 250;
    private static final int MOST_WATCHERS = 1000;

    private final ServingStatus status;

    /** Each with the last status that it was sent. */
    private final Map<GrpcServerResponse<Buffer, Buffer>, Integer> watchers = new HashMap<>();

    HealthMethods(ServingStatus status) {
        this.status = status;
    }

    private static ServiceMethod<Buffer, Buffer> method(String name) {
        return ServiceMethod.server(
                ServiceName.create("grpc.health.v1", "Health"),
                name,
                GrpcMessageEncoder.IDENTITY,
                GrpcMessageDecoder.IDENTITY);
    }

    /** @param served the service whose health is asked for by its name */
    Map<ServiceMethod<Buffer, Buffer>, Handler<GrpcServerRequest<Buffer, Buffer>>> methods(ServiceName served) {
        Set<String> known = Set.of("", served.fullyQualifiedName());
        return Map.of(
                CHECK, call -> read(call, known, HealthMethods::answer),
                WATCH, call -> read(call, known, this::watch));
    }

    private interface Reply {
        void to(GrpcServerRequest<Buffer, Buffer> call, int status);
    }

    /** Answers the first message of a call, and a call without one. */
    private void read(GrpcServerRequest<Buffer, Buffer> call, Set<String> known, Reply then) {
        call.exceptionHandler(gone -> watchers.remove(call.response()));
        call.errorHandler(cancelled -> watchers.remove(call.response()));
        Promise<Buffer> message = Promise.promise();
        call.handler(message::tryComplete);
        call.invalidMessageHandler(message::tryFail);
        call.endHandler(end -> message.tryFail("no message"));
        message.future()
                .onSuccess(first -> answer(call, first, known, then))
                .onFailure(none -> end(
                        call,
                        none instanceof MessageSizeOverflowException
                                ? GrpcStatus.RESOURCE_EXHAUSTED
                                : GrpcStatus.INVALID_ARGUMENT));
    }

    private void answer(GrpcServerRequest<Buffer, Buffer> call, Buffer message, Set<String> known, Reply then) {
        try {
            then.to(call, known.contains(service(message)) ? now() : SERVICE_UNKNOWN);
        } catch (InvalidProtocolBufferException malformed) {
            end(call, GrpcStatus.INVALID_ARGUMENT);
        }
    }

    private int now() {
        return status.isServing() ? SERVING : NOT_SERVING;
    }

    private static String service(Buffer message) throws InvalidProtocolBufferException {
        List<ByteString> names =
                UnknownFieldSet.parseFrom(message.getBytes()).getField(FIELD).getLengthDelimitedList();
        return names.isEmpty() ? "" : names.get(names.size() - 1).toString(StandardCharsets.UTF_8);
    }

    private static void answer(GrpcServerRequest<Buffer, Buffer> call, int status) {
        if (status == SERVICE_UNKNOWN) {
            end(call, GrpcStatus.NOT_FOUND);
        } else {
            call.response().end(message(status)).onFailure(gone -> {});
        }
    }

    private static void end(GrpcServerRequest<Buffer, Buffer> call, GrpcStatus failure) {
        call.response().status(failure).end().onFailure(gone -> {});
    }

    private static Buffer message(int status) {
        UnknownFieldSet.Field field =
                UnknownFieldSet.Field.newBuilder().addVarint(status).build();
        return Buffer.buffer(
                UnknownFieldSet.newBuilder().addField(FIELD, field).build().toByteArray());
    }

    private void watch(GrpcServerRequest<Buffer, Buffer> call, int status) {
        if (watchers.size() == MOST_WATCHERS) {
            end(call, GrpcStatus.RESOURCE_EXHAUSTED);
        } else {
            tell(call.response(), status);
        }
    }

    /** Sends each change to the watchers, from now on. */
    void watch(Vertx vertx) {
        vertx.setPeriodic(PERIOD_MILLIS, timer -> tellAll());
    }

    private void tellAll() {
        int now = now();
        watchers.entrySet().stream()
                .filter(watcher -> watcher.getValue() != SERVICE_UNKNOWN && watcher.getValue() != now)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(watcher -> tell(watcher, now));
    }

    private void tell(GrpcServerResponse<Buffer, Buffer> watcher, int status) {
        watchers.put(watcher, status);
        watcher.write(message(status)).onFailure(gone -> watchers.remove(watcher));
    }

    /** Ends all watches, so that nothing waits for them. */
    void end() {
        tellAll();
        watchers.keySet()
                .forEach(watcher -> watcher.status(GrpcStatus.UNAVAILABLE).end().onFailure(gone -> {}));
        watchers.clear();
    }
}
