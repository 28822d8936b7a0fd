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

/** The way of spans to their receiver. If there is none, no tracer is made, and no thread. */
public final class Tracing {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    private final Optional<SdkTracerProvider> spans;
    private final Duration timeout;

    private Tracing(Optional<SdkTracerProvider> spans, Duration timeout) {
        this.spans = spans;
        this.timeout = timeout;
    }

    /** Connects to nobody yet. */
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

    /** Drops what it has no place for: whoever ends a span never waits. */
    private static SpanProcessor queue(OtlpConfig otlp, String endpoint) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setConnectTimeout(otlp.timeout())
                .setTimeout(otlp.timeout());
        otlp.pairs().forEach(exporter::addHeader);
        return BatchSpanProcessor.builder(new ToldExporter(exporter.build()))
                .setMaxQueueSize(otlp.queueSize())
                .setMaxExportBatchSize(otlp.batchSize())
                .setScheduleDelay(otlp.interval())
                .setExporterTimeout(otlp.timeout())
                .build();
    }

    /** For a Vert.x that is to be traced; absent if nothing is. */
    public Optional<VertxTracerFactory> ofVertx() {
        return spans.map(provider -> {
            VertxTracerFactory factory = new OpenTelemetryTracingFactory(OpenTelemetrySdk.builder()
                    .setTracerProvider(provider)
                    .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                    .build());
            return options -> new DiscreetTracer(factory.tracer(options));
        });
    }

    /** Sends what is left, for as long as one request to the receiver may take, and ends. What could not be sent by then is lost. May be repeated. */
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
