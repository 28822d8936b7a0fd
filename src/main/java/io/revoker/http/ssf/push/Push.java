package io.revoker.http.ssf.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.http.Json;
import io.revoker.http.OutgoingRequests;
import io.revoker.http.ssf.ErrorCode;
import io.revoker.http.ssf.push.PushMeters.Result;
import io.revoker.net.HttpTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One push of one event. It ends with the answer or with the time; then its connection is closed, however much is still
 * to come. Redirections are not followed.
 */
final class Push {
    private static final int ACCEPTED = 202;
    private static final int REFUSED = 400;
    private static final int MOST_BYTES = 8192;

    private final Vertx vertx;
    private final HttpClient client;
    private final Promise<PushOutcome> done = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private Optional<HttpClientRequest> underWay = Optional.empty();

    Push(Vertx vertx, HttpClient client) {
        this.vertx = vertx;
        this.client = client;
    }

    /**
     * Where events are pushed to.
     *
     * @param authorization the header that the receiver wants
     */
    record Place(HttpTarget target, InetAddress address, Optional<String> authorization) {}

    /** To be called once. Never fails. */
    Future<PushOutcome> to(Place place, String token, Duration timeout) {
        long timer = vertx.setTimer(timeout.toMillis(), over -> fail(Result.TIMEOUT, "no answer in time"));
        RequestOptions options = OutgoingRequests.post(place.target(), place.address())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/secevent+jwt")
                .putHeader(HttpHeaders.ACCEPT, "application/json");
        place.authorization().ifPresent(secret -> options.putHeader(HttpHeaders.AUTHORIZATION, secret));
        client.request(options)
                .compose(request -> send(request, token))
                .onSuccess(this::take)
                .onFailure(this::fail);
        return done.future().onComplete(over -> vertx.cancelTimer(timer));
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, String token) {
        underWay = Optional.of(request);
        if (done.future().isComplete()) {
            end(request);
        }
        return request.send(token);
    }

    private void take(HttpClientResponse response) {
        response.exceptionHandler(this::fail)
                .handler(this::append)
                .endHandler(end -> done.tryComplete(outcome(response.statusCode())));
    }

    private void append(Buffer part) {
        if (body.length() + part.length() > MOST_BYTES) {
            fail(Result.CONNECTION, "an answer that is too long");
        } else {
            body.appendBuffer(part);
        }
    }

    private PushOutcome outcome(int status) {
        return switch (status) {
            case ACCEPTED -> new PushOutcome.Accepted();
            case REFUSED -> new PushOutcome.Refused(code());
            default -> new PushOutcome.Failed(Result.STATUS, "status " + status + " (expected: 202)");
        };
    }

    /** It is logged, so nothing else may stand there. */
    private String code() {
        try {
            JsonNode error = Json.read(body.getBytes()).path("err");
            return ErrorCode.shown(error.asText(""));
        } catch (Problem noJson) {
            return "other";
        }
    }

    private void fail(Throwable cause) {
        fail(Result.CONNECTION, cause.getClass().getSimpleName());
    }

    private void fail(Result result, String reason) {
        if (done.tryComplete(new PushOutcome.Failed(result, reason))) {
            underWay.ifPresent(Push::end);
        }
    }

    private static void end(HttpClientRequest request) {
        request.reset().onFailure(ended -> {});
    }
}
