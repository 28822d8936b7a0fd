package io.revoker.trace;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.revoker.config.TracingConfig;
import io.revoker.config.TracingConfig.OtlpConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exports spans to their receiver. If none is configured, no tracer and no thread is created. */
public final class Tracing {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    private final Optional<SdkTracerProvider> spans;
    private final Duration timeout;

    private Tracing(Optional<SdkTracerProvider> spans, Duration timeout) {
        this.spans = spans;
        this.timeout = timeout;
    }

    /** Does not connect yet. */
    public static Tracing of(TracingConfig tracing) {
        OtlpConfig otlp = tracing.otlp();
        return new Tracing(otlp.endpoint().map(endpoint -> spans(tracing, endpoint)), otlp.timeout());
    }

    private static SdkTracerProvider spans(TracingConfig tracing, String endpoint) {
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put("service.name", tracing.serviceName())
                        .build())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(tracing.sampleRatio())))
                .addSpanProcessor(queue(tracing.otlp(), endpoint))
                .build();
    }

    /** Drops spans that do not fit into the queue: ending a span never blocks. */
    private static SpanProcessor queue(OtlpConfig otlp, String endpoint) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setConnectTimeout(otlp.timeout())
                .setTimeout(otlp.timeout());
        otlp.pairs().forEach(exporter::addHeader);
        return BatchSpanProcessor.builder(new LoggingExporter(exporter.build()))
                .setMaxQueueSize(otlp.queueSize())
                .setMaxExportBatchSize(otlp.batchSize())
                .setScheduleDelay(otlp.interval())
                .setExporterTimeout(otlp.timeout())
                .build();
    }

    /** For a Vert.x that is to be traced; absent if nothing is traced. */
    public Optional<VertxTracerFactory> ofVertx() {
        return spans.map(provider -> {
            VertxTracerFactory factory = new OpenTelemetryTracingFactory(OpenTelemetrySdk.builder()
                    .setTracerProvider(provider)
                    .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                    .build());
            return options -> new RedactingTracer(factory.tracer(options));
        });
    }

    /**
     * Sends the remaining spans, for as long as one request to the receiver may take, and ends. Spans that are not
     * sent by then are lost. May be repeated.
     */
    public Future<Void> close() {
        return spans.map(provider -> ended(provider.shutdown())
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(late -> LOG.atWarn()
                                .addKeyValue("timeout", timeout.toString())
                                .log("spans not sent"))
                        .otherwiseEmpty())
                .orElseGet(Future::succeededFuture);
    }

    private static Future<Void> ended(CompletableResultCode shutdown) {
        Promise<Void> ended = Promise.promise();
        shutdown.whenComplete(ended::tryComplete);
        return ended.future();
    }
}
