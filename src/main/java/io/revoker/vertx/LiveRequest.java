package io.revoker.vertx;

import io.revoker.client.live.LiveConnection;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Optional;

/** A request that is answered for long, and ended because of its token. */
record LiveRequest(HttpServerRequest request, Turn turn) implements LiveConnection {
    private static final int UNAUTHORIZED = 401;
    private static final String CHALLENGE = "Bearer error=\"invalid_token\"";
    private static final String UNAUTHENTICATED = "16";
    /** RFC 9113 section 7. */
    private static final long CANCEL = 8;

    private static final long NO_ERROR = 0;

    @Override
    public void end() {
        turn.run(() -> {
            if (!hasEnded()) {
                finish().onFailure(alreadyClosed -> {});
            }
        });
    }

    @Override
    public boolean hasEnded() {
        return response().ended() || response().closed();
    }

    private HttpServerResponse response() {
        return request.response();
    }

    private Future<Void> finish() {
        if (!response().headWritten()) {
            return refuse().eventually(this::stopReading);
        }
        if (isOf("application/grpc")) {
            response().putTrailer("grpc-status", UNAUTHENTICATED).putTrailer("grpc-message", "token revoked");
            return response().end().eventually(this::stopReading);
        }
        return isOf("text/event-stream")
                ? response().end().eventually(this::stopReading)
                : response().reset(CANCEL);
    }

    private Future<Void> refuse() {
        response().headers().clear();
        return response()
                .setStatusCode(UNAUTHORIZED)
                .putHeader("WWW-Authenticate", CHALLENGE)
                .end();
    }

    private boolean isOf(String type) {
        return Optional.ofNullable(response().headers().get(HttpHeaders.CONTENT_TYPE))
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(type))
                .isPresent();
    }

    /** A client that still sends is not listened to. */
    private Future<Void> stopReading() {
        if (request.isEnded()) {
            return Future.succeededFuture();
        }
        return request.version() == HttpVersion.HTTP_2
                ? response().reset(NO_ERROR)
                : request.connection().close();
    }
}
