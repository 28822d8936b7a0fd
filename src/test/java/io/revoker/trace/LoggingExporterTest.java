package io.revoker.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.revoker.testing.LogCapture;
import java.io.IOException;
import java.util.Collection;
import org.junit.jupiter.api.Test;

class LoggingExporterTest {
    /** In no line of another test whose receiver is gone. */
    private static final String GONE = "the receiver of this test is gone";

    @Test
    void saysOnceThatNothingIsTakenAndOnceThatItIsAgain() {
        Moody receiver = new Moody();
        try (LogCapture log = LogCapture.open(Level.INFO);
                SdkTracerProvider spans = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(new LoggingExporter(receiver)))
                        .build()) {
            send(spans, 2);
            receiver.takes = false;
            send(spans, 1234);
            receiver.takes = true;
            send(spans, 2);
            receiver.takes = false;
            send(spans, 2);

            String gone =
                    "WARN io.revoker.trace.LoggingExporter spans not exported failure=java.io.IOException: " + GONE;
            assertThat(log.lines().stream()
                            .filter(line -> line.endsWith(GONE) || line.endsWith("=1234"))
                            .toList())
                    .containsExactly(
                            gone,
                            "INFO io.revoker.trace.LoggingExporter spans exported again lost_at_sending=1234",
                            gone);
        }
    }

    private static void send(SdkTracerProvider spans, int count) {
        for (int i = 0; i < count; i++) {
            spans.get("test").spanBuilder("span").startSpan().end();
        }
    }

    private static final class Moody implements SpanExporter {
        private boolean takes = true;

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return takes
                    ? CompletableResultCode.ofSuccess()
                    : CompletableResultCode.ofExceptionalFailure(new IllegalStateException(new IOException(GONE)));
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
