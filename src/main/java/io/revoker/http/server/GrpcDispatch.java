package io.revoker.http.server;

import io.revoker.http.server.ConnectionTimeouts.Watched;
import io.revoker.trace.HttpSpan;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.util.Set;
import java.util.stream.Collectors;

/** Stands in front of the methods of gRPC: bounds the time of each call, names its span, and refuses compression. */
final class GrpcDispatch implements Handler<HttpServerRequest> {
    private static final String IDENTITY = "identity";

    private final ConnectionTimeouts timeouts;
    private final String endless;
    private final Set<String> paths;
    private final Handler<HttpServerRequest> calls;
    private final boolean traced;

    /** @param endless the method whose calls last, once they are answered, until the client ends them */
    GrpcDispatch(
            Vertx vertx,
            ConnectionTimeouts timeouts,
            ServiceMethod<?, ?> endless,
            Set<? extends ServiceMethod<?, ?>> methods,
            Handler<HttpServerRequest> calls) {
        this.timeouts = timeouts;
        this.endless = path(endless);
        this.paths = methods.stream().map(GrpcDispatch::path).collect(Collectors.toSet());
        this.calls = calls;
        this.traced = ((VertxInternal) vertx).tracer() != null;
    }

    private static String path(ServiceMethod<?, ?> method) {
        return "/" + method.fullMethodName();
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = request.path();
        Watched.UnderWay clock = timeouts.begin(request.connection(), request, System.nanoTime());
        if (endless.equals(path)) {
            request.response().headersEndHandler(begun -> clock.lastForEver());
        }
        request.response()
                .closeHandler(closed -> clock.end(System.nanoTime()))
                .endHandler(ended -> clock.end(System.nanoTime()));
        if (traced && paths.contains(path)) {
            new HttpSpan().name(request.method().name(), path);
        }
        if (!request.headers().contains(GrpcHeaderNames.GRPC_ENCODING)) {
            // Vert.x 5.0.7 throws for each part of a message that claims to be compressed if no encoding is named.
            request.headers().set(GrpcHeaderNames.GRPC_ENCODING, IDENTITY);
        }
        if (IDENTITY.equals(request.getHeader(GrpcHeaderNames.GRPC_ENCODING))) {
            calls.handle(request);
        } else {
            refuse(request);
        }
    }

    /** Before anything is inflated, because nothing would bound the result. */
    private static void refuse(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc")
                .putHeader(GrpcHeaderNames.GRPC_STATUS, GrpcStatus.UNIMPLEMENTED.toString())
                .putHeader(GrpcHeaderNames.GRPC_ACCEPT_ENCODING, IDENTITY)
                .end()
                .onFailure(gone -> {});
    }
}
