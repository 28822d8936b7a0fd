package io.revoker.http.check;

import io.revoker.http.DirectRoute;
import io.revoker.http.Exchange;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;

/**
 * {@code ANY /v1/check}, and everything below it: whether the bearer token of a request is an active access token, for
 * gateways that forward the request's head (nginx auth_request, Envoy ext_authz, Traefik ForwardAuth and similar). The
 * body, the query and the rest of the path are meant for the guarded service and are ignored.
 */
public final class CheckRoute implements DirectRoute {
    private static final String PATH = "/v1/check";

    private final GatewayCheck check;

    public CheckRoute(GatewayCheck check) {
        this.check = check;
    }

    @Override
    public String name() {
        return PATH + "/*";
    }

    /**
     * Matches the path as it was sent. The router would take "/v1/check/../.." for "/", whose answer is 200: a client
     * that can choose the path after a gateway's prefix would be let in.
     */
    @Override
    public boolean isFor(String path) {
        return path.startsWith(PATH) && (path.length() == PATH.length() || path.charAt(PATH.length()) == '/');
    }

    @Override
    public void answer(Exchange exchange) {
        MultiMap headers = exchange.request().headers();
        check.ask(headers, exchange::enter, () -> Future.succeededFuture(PresentedToken.of(headers)))
                .onComplete(answer -> exchange.attempt(() -> send(exchange, answer)), failure -> refuse(exchange));
    }

    @Override
    public void refuse(Exchange exchange) {
        send(exchange, CheckAnswer.UNDECIDED);
    }

    private static void send(Exchange exchange, CheckAnswer answer) {
        HttpServerResponse response = exchange.response();
        answer.about(response::putHeader);
        answer.identity(response::putHeader);
        exchange.end(answer.status());
    }
}
