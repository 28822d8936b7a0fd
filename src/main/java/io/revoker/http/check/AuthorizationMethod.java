package io.revoker.http.check;

import io.revoker.http.InFlightLimit;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServerRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code envoy.service.auth.v3.Authorization/Check}: the check for the filter {@code ext_authz} of Envoy over gRPC. It
 * answers what {@code /v1/check} answers, also if that is 503, or if the message can't be read: if the call itself
 * failed, a filter with {@code failure_mode_allow} would let the request through.
 */
public final class AuthorizationMethod implements Handler<GrpcServerRequest<Buffer, Buffer>> {
    public static final ServiceMethod<Buffer, Buffer> METHOD = ServiceMethod.server(
            ServiceName.create("envoy.service.auth.v3", "Authorization"),
            "Check",
            GrpcMessageEncoder.IDENTITY,
            GrpcMessageDecoder.IDENTITY);

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationMethod.class);
    private static final String PATH = "/" + METHOD.fullMethodName();
    private static final int MALFORMED = 400;
    private static final int TOO_LARGE = 431;

    private final GatewayCheck check;
    private final InFlightLimit inFlight;

    public AuthorizationMethod(GatewayCheck check, InFlightLimit inFlight) {
        this.check = check;
        this.inFlight = inFlight;
    }

    @Override
    public void handle(GrpcServerRequest<Buffer, Buffer> call) {
        Question question = new Question(call);
        check.ask(call.headers(), question::enter, question::token).onSuccess(question::answer);
    }

    /** One call, until it is answered. */
    private final class Question {
        private final long began = System.nanoTime();
        private final GrpcServerRequest<Buffer, Buffer> call;
        private final Promise<Buffer> message = Promise.promise();
        private Set<String> foreign = Set.of();
        private boolean entered;

        /** The message is held back until the gateway is known. */
        Question(GrpcServerRequest<Buffer, Buffer> call) {
            this.call = call.pause();
            call.handler(message::tryComplete);
            call.endHandler(end -> message.tryFail(new HttpException(MALFORMED)));
            call.exceptionHandler(gone -> message.tryFail(new HttpException(MALFORMED)));
            call.errorHandler(cancelled -> message.tryFail(new HttpException(MALFORMED)));
            call.invalidMessageHandler(invalid -> message.tryFail(
                    new HttpException(invalid instanceof MessageSizeOverflowException ? TOO_LARGE : MALFORMED)));
        }

        boolean enter() {
            entered = inFlight.enter();
            return entered;
        }

        Future<Optional<PresentedToken>> token() {
            call.resume();
            return message.future().map(this::read);
        }

        private Optional<PresentedToken> read(Buffer sent) {
            try {
                AuthorizationRequest request = AuthorizationRequest.read(sent.getBytes());
                foreign = request.foreign();
                return request.token();
            } catch (IOException malformed) {
                throw new HttpException(MALFORMED);
            }
        }

        /** A gateway that has disconnected in the meantime is not a bug in Revoker. */
        void answer(CheckAnswer answer) {
            if (entered) {
                inFlight.leave();
            }
            inFlight.answered(PATH, answer.status(), System.nanoTime() - began);
            Future.succeededFuture(new AuthorizationResponse(answer, foreign))
                    .compose(response -> call.response().end(response.bytes()))
                    .onFailure(failure -> LOG.atDebug()
                            .addKeyValue("failure", failure.getMessage())
                            .log("answer lost"));
        }
    }
}
