package io.revoker.trace;

import io.opentelemetry.api.trace.Span;

/** The span of an HTTP request, whose route is not known when it begins. Create it where the request is received. */
public final class HttpSpan {
    private final Span span = Span.current();

    /**
     * Names the span after the method and the route.
     *
     * @param route one of the known routes, not a path as it was sent
     */
    public void name(String method, String route) {
        span.updateName(SpanAttributes.begin(method) + " " + route).setAttribute("http.route", route);
    }
}
