/**
 * Traces: one trace id through HTTP, the event bus and Redis.
 *
 * <p>Owns the tracer of Vert.x, which attributes a span may have, the export of spans to their receiver, and the trace
 * id in log lines. No data that a client has sent gets into a span, except values from a small fixed set: no path,
 * query, token, user or error message. Uses OpenTelemetry, Vert.x and the configuration, and no other package of the
 * service. The HTTP edge passes it the routes; other packages create spans with the tracer of their Vert.x, which may
 * be a different one.
 */
@NullMarked
package io.revoker.trace;

import org.jspecify.annotations.NullMarked;
