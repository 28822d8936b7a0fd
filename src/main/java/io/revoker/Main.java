package io.revoker;

import io.revoker.cli.Commands;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.wiring.ConfigChecks;
import io.revoker.wiring.SettingsSource;
import io.revoker.wiring.StartProblems;
import io.revoker.wiring.logging.LogFormat;
import io.revoker.wiring.logging.LogLevel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code java -jar revoker.jar}: starts the service and stops it when the process ends (Ctrl-C or SIGTERM). */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private static final String NETTY_EVENTS = "io.netty.jfr.enabled";

    private Main() {}

    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        new Commands(CommandIo.ofProcess(), new ConfigChecks()).run(arguments).ifPresent(System::exit);
        try {
            start(Commands.settings(arguments));
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            report(e);
            System.exit(1);
        }
    }

    /** From here on, a Ctrl-C or SIGTERM stops whatever has been started. */
    private static void start(List<String> arguments) throws Exception {
        withoutEventsOfNetty();
        SettingsSource source = SettingsSource.of(arguments, System.getenv());
        LogFormat.set(source.first().logging().format());
        LogLevel.set(source.first().logging().level());
        if (source.first().audit().isOnStandardOutput()) {
            LogFormat.toStandardError();
        }
        Launch launch = new Launch(source);
        Runtime.getRuntime().addShutdownHook(new Thread(launch::end, "shutdown"));
        launch.start();
    }

    /** Netty's events for the Flight Recorder load a hundred classes at every start. Set the property to have them. */
    private static void withoutEventsOfNetty() {
        if (System.getProperty(NETTY_EVENTS) == null) {
            System.setProperty(NETTY_EVENTS, "false");
        }
    }

    /** Logs one line for each problem; a stack trace only for a bug in Revoker. */
    private static void report(Throwable failure) {
        StartProblems.of(failure)
                .ifPresentOrElse(
                        problems -> problems.forEach(problem -> LOG.error("start failed: {}", problem)),
                        () -> LOG.error("start failed", failure));
    }
}
