package io.revoker.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Every line that is logged in this JVM while it is open. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<Runnable> undo = new ArrayList<>();
    private final Level least;

    private LogCapture(Level least) {
        this.least = least;
    }

    public static LogCapture open(Level least) {
        LogCapture capture = new LogCapture(least);
        Logger root = root();
        capture.setContext(root.getLoggerContext());
        capture.start();
        root.addAppender(capture);
        return capture;
    }

    /** The same, also of what these loggers do not log otherwise. */
    public static LogCapture open(Level least, Class<?>... loggers) {
        LogCapture capture = open(least);
        for (Class<?> logger : loggers) {
            capture.lower((Logger) LoggerFactory.getLogger(logger));
        }
        return capture;
    }

    private void lower(Logger logger) {
        Level before = logger.getLevel();
        logger.setLevel(least);
        undo.add(() -> logger.setLevel(before));
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
        root().detachAppender(this);
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(least)) {
            IThrowableProxy failure = event.getThrowableProxy();
            lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                    + pairs(event)
                    + (failure == null ? "" : "\n" + ThrowableProxyUtil.asString(failure)));
        }
    }

    /** As a text has them. */
    private static String pairs(ILoggingEvent event) {
        return event.getKeyValuePairs() == null
                ? ""
                : event.getKeyValuePairs().stream()
                        .map(pair -> " " + pair.key + "=" + pair.value)
                        .collect(Collectors.joining());
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
