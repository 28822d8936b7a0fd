package io.revoker.http.oauth;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.revoker.caller.Caller;
import io.revoker.caller.Credentials;
import io.revoker.domain.Problem;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.HostRule;
import io.revoker.http.ProblemDetails;
import io.revoker.http.request.BodyCharset;
import io.revoker.http.request.ContentCoding;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A path to which clients post a form about a token: authenticates them, reads the form, and answers what goes wrong in
 * the form of RFC 6749, section 5.2.
 *
 * @param door who is admitted
 */
record FormEndpoint(String path, Gate.Door door, FormClients clients) {
    private static final Pattern FORM =
            Pattern.compile("application/x-www-form-urlencoded\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

    /** Answers a form of a client that may send it. */
    interface Handler {
        void handle(RoutingContext request, TokenForm form, Caller caller);
    }

    /**
     * What a client says of a token.
     *
     * @param hint which kind it may be of
     */
    record TokenForm(String token, Optional<String> hint) {}

    void mount(Router router, Handler handler) {
        router.post(path).handler(request -> admit(request, handler)).failureHandler(FormEndpoint::refuse);
        router.route(path).handler(FormEndpoint::refuseMethod);
    }

    static void refuseMethod(RoutingContext request) {
        request.response().putHeader(HttpHeaders.ALLOW, "POST");
        new OAuthError(405, "invalid_request", "method: " + request.request().method() + " (expected: POST)")
                .send(request);
    }

    private void admit(RoutingContext request, Handler handler) {
        if (clients.areInTheForm(request.request())) {
            Future<Buffer> body = clients.readOfStranger(request.request());
            Future<Credentials> sent = body.map(form ->
                    clients.credentials(request.request(), isForm(request) ? Form.read(form.getBytes()) : Form.EMPTY));
            clients.gate().admit(request, sent, door, caller -> handle(request, body.result(), caller, handler));
        } else {
            clients.gate()
                    .admit(
                            request,
                            door.privilege(),
                            door.denied(),
                            caller -> AsyncAnswer.by(
                                    request,
                                    clients.read(request.request()),
                                    body -> handle(request, body, caller, handler)));
        }
    }

    private static void handle(RoutingContext request, Buffer body, Caller caller, Handler handler) {
        read(request, body)
                .filter(form -> isOneMethod(request, form))
                .flatMap(form -> token(request, form))
                .ifPresent(form -> handler.handle(request, form, caller));
    }

    /** RFC 6749, section 2.3: a client must not use more than one method in a request. */
    private static boolean isOneMethod(RoutingContext request, Form form) {
        int proofs = form.proofs() + (request.request().headers().contains(HttpHeaders.AUTHORIZATION) ? 1 : 0);
        if (proofs > 1) {
            OAuthError.invalidRequest((form.assertion() instanceof Credentials.Assertion
                                    ? "client_assertion: sent beside another proof"
                                    : "client_secret: sent beside Authorization")
                            + " (expected: one of them)")
                    .send(request);
        }
        return proofs <= 1;
    }

    static Optional<Form> read(RoutingContext request, Buffer body) {
        if (!ContentCoding.isReadable(request.request())) {
            ContentCoding.announceGzip(request);
            new OAuthError(415, "invalid_request", "Content-Encoding: expected gzip or none").send(request);
            return Optional.empty();
        }
        if (!isForm(request)) {
            OAuthError.invalidRequest("Content-Type: expected application/x-www-form-urlencoded")
                    .send(request);
            return Optional.empty();
        }
        if (!BodyCharset.isUtf8(request.request())) {
            new OAuthError(415, "invalid_request", BodyCharset.EXPECTED).send(request);
            return Optional.empty();
        }
        return read(request, () -> Form.read(body.getBytes()));
    }

    /** Reads a part of a form, and answers what is wrong with it. */
    static <T> Optional<T> read(RoutingContext request, Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (Problem unfit) {
            OAuthError.of(unfit).send(request);
            return Optional.empty();
        }
    }

    private static boolean isForm(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && FORM.matcher(type).matches();
    }

    private static Optional<TokenForm> token(RoutingContext request, Form form) {
        return read(request, () -> new TokenForm(form.required("token"), form.value("token_type_hint")));
    }

    /**
     * Answers requests that were refused before they reached a handler: a body that is too large, or a request without
     * a well-formed host.
     */
    static void refuse(RoutingContext request) {
        int status = request.statusCode();
        if (request.failure() instanceof Problem problem) {
            OAuthError.of(problem).send(request);
        } else if (status >= 400 && status < 500) {
            new OAuthError(status, "invalid_request", reason(request, status)).send(request);
        } else {
            request.next();
        }
    }

    private static String reason(RoutingContext request, int status) {
        return ProblemDetails.payload(request.failure())
                .orElseGet(() -> status == 400
                        ? HostRule.failureBeforeRoutes(request.request())
                        : "body: " + HttpResponseStatus.valueOf(status).reasonPhrase() + " (expected: a form)");
    }
}
