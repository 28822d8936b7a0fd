package io.revoker.cli;

import io.revoker.config.InvalidConfiguration;
import io.revoker.config.source.ConfigurationLoader;
import io.revoker.config.source.Settings;
import java.util.ArrayList;
import java.util.List;

/** {@code config}: says what is wrong with the settings, or what they are. */
final class ConfigCommand {
    private static final String CHECK = "check";
    private static final String PRINT = "print";
    private static final String EFFECTIVE = "--effective";
    /** What is done anyway. */
    private static final String REDACT = "--redact";

    private static final int DONE = 0;
    private static final int FAULTS = 1;
    private static final int WRONG_INPUT = 2;

    private final Surroundings here;
    private final Checks checks;

    ConfigCommand(Surroundings here, Checks checks) {
        this.here = here;
        this.checks = checks;
    }

    /** Returns the exit code: 0 when done, 1 if the settings have faults, 2 for another command. */
    int run(List<String> arguments) {
        if (!arguments.isEmpty() && arguments.get(0).equals(CHECK)) {
            return check(arguments.subList(1, arguments.size()));
        }
        if (!arguments.isEmpty() && arguments.get(0).equals(PRINT)) {
            return print(arguments.subList(1, arguments.size()));
        }
        here.err().println("usage: config check [--config=FILE ...] | config print [--effective] [--config=FILE ...]");
        return WRONG_INPUT;
    }

    private int check(List<String> options) {
        List<String> faults = checks.faults(options, here.environment());
        if (faults.isEmpty()) {
            checks.warnings(options, here.environment())
                    .forEach(warning -> here.err().println("warning: " + warning));
            here.out().println("no faults");
        }
        return told(faults);
    }

    private int print(List<String> arguments) {
        List<String> options = new ArrayList<>(arguments);
        options.removeAll(List.of(EFFECTIVE, REDACT));
        try {
            Settings settings = ConfigurationLoader.read(options, here.environment());
            here.out().print(arguments.contains(EFFECTIVE) ? settings.effective() : settings.given());
            return told(List.of());
        } catch (InvalidConfiguration e) {
            return told(e.faults());
        }
    }

    private int told(List<String> faults) {
        faults.forEach(here.err()::println);
        here.out().flush();
        here.err().flush();
        return faults.isEmpty() ? DONE : FAULTS;
    }
}
