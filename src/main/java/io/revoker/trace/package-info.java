/**
 * Traces: one trace id through HTTP, the event bus and Redis.
 *
 * <p>Owns the tracer that Vert.x asks for spans, what may stand in a span, the way of spans to their receiver, and the trace id in lines of the log.
 * Nothing a client has sent gets into a span, but what can only be one of a few words: no path, query, token, user or error message. Uses OpenTelemetry,
 * Vert.x and the configuration, and nothing else of ours. The edge tells it its routes; the others say what they do to the tracer of their Vert.x, which
 * may be another one.
 */
@NullMarked
package io.revoker.trace;

import org.jspecify.annotations.NullMarked;
