package io.revoker.wiring.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import org.slf4j.LoggerFactory;

/** What the service's own log would be in JSON, while it is open. */
public final class JsonLog implements AutoCloseable {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

    private JsonLog() {
        appender.setContext(root().getLoggerContext());
        appender.setEncoder(LogFormat.json(root()));
        appender.setOutputStream(written);
        appender.start();
        root().addAppender(appender);
    }

    public static JsonLog open() {
        return new JsonLog();
    }

    public String text() {
        return written.toString(UTF_8);
    }

    @Override
    public void close() {
        root().detachAppender(appender);
        appender.stop();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
