package io.revoker.wiring.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.revoker.config.Configuration.LoggingConfig.Format;
import io.revoker.trace.TraceFields;
import java.util.List;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.JsonProviders;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets the format of log lines, also for libraries that log through the JDK. */
public final class LogFormat {
    private LogFormat() {}

    public static void set(Format format) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (format == Format.JSON
                && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root
                && root.getAppender("console") instanceof OutputStreamAppender<ILoggingEvent> console) {
            console.setEncoder(json(root));
        }
    }

    /** Leaves standard output to something else. */
    public static void toStandardError() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root
                && root.getAppender("console") instanceof ConsoleAppender<ILoggingEvent> console) {
            console.stop();
            console.setTarget("System.err");
            console.start();
        }
    }

    /** One JSON object per line; a stack trace is one of its strings. */
    static Encoder<ILoggingEvent> json(Logger logger) {
        LoggingEventFormattedTimestampJsonProvider timestamp = new LoggingEventFormattedTimestampJsonProvider();
        timestamp.setFieldName("timestamp");
        LoggerNameJsonProvider name = new LoggerNameJsonProvider();
        name.setFieldName("logger");
        JsonProviders<ILoggingEvent> fields = new JsonProviders<>();
        List<JsonProvider<ILoggingEvent>> order = List.of(
                timestamp,
                new LogLevelJsonProvider(),
                name,
                new MessageJsonProvider(),
                new KeyValuePairsJsonProvider(),
                new TraceFields(),
                new StackTraceJsonProvider());
        order.forEach(fields::addProvider);
        LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setContext(logger.getLoggerContext());
        encoder.setProviders(fields);
        encoder.start();
        return encoder;
    }
}
