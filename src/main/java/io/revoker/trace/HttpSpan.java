package io.revoker.trace;

import io.opentelemetry.api.trace.Span;

/** The span of a request to HTTP, which does not know its route when it begins. To be made where the request is received. */
public final class HttpSpan {
    private final Span span = Span.current();

    /**
     * Names it by what was asked for.
     *
     * @param route one of those that there are, not a path as it was sent
     */
    public void name(String method, String route) {
        span.updateName(Words.begin(method) + " " + route).setAttribute("http.route", route);
    }
}
