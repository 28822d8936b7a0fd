package io.revoker.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the jar does instead of running the service, if its arguments say so.
 *
 * @param checks of the settings
 */
public record Commands(Surroundings here, Checks checks) {
    private static final String USAGE = """
            Revoker makes tokens stop working, now, everywhere.

            usage: java -jar revoker.jar [--config=FILE] [--SETTING=VALUE ...]
                   java -jar revoker.jar config check [--config=FILE] [--SETTING=VALUE ...]
                   java -jar revoker.jar config print [--effective] [--config=FILE] [--SETTING=VALUE ...]
                   java -jar revoker.jar hash-secret [--stdin]
                   java -jar revoker.jar --help | --version

            Without a command it runs the service until SIGTERM or Ctrl-C. Exit status: 0 if it
            ran and stopped, 1 if it could not start; the log says why.

              --config=FILE      settings as YAML; REVOKER_CONFIG names the file too
              --SETTING=VALUE    one setting, such as --http.port=9090 or --redis.url=redis://host:6379;
                                 REVOKER_HTTP_PORT=9090 in the environment does the same, and
                                 REVOKER_REDIS_PASSWORD_FILE=FILE names a file with a secret
              Defaults < file < environment < command line. revoker.yaml in the jar, and in conf,
              holds every setting with its default and its bounds.

              config check       tells every fault of the settings, the client file and the TLS files,
                                 as a start would, and connects to nothing. Exit status: 0 if there
                                 is none, 1 if there is one, 2 if config is asked for anything else
              config print       prints what was given, and whether by file, variable or option;
                                 with --effective every setting. It is a file for --config again.
                                 Secrets are never printed, with --redact or without it. Exit
                                 status as of config check

              hash-secret        makes a secret for a client, and its line for the file that
                                 clients.file names; with --stdin reads a secret, one line, and
                                 prints its line only. Exit status: 0, or 2 if its arguments or its
                                 input can't be used
              --help             prints this
              --version          prints the version
            """;

    private static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final String HASH_SECRET = "hash-secret";
    private static final String CONFIG = "config";
    private static final int DONE = 0;

    /** The exit status; empty if the arguments are for the service. */
    public OptionalInt run(List<String> arguments) {
        if (arguments.contains(HELP)) {
            return print(USAGE);
        }
        if (arguments.contains(VERSION)) {
            return print("revoker " + version() + "\n");
        }
        if (!arguments.isEmpty() && arguments.get(0).equals(HASH_SECRET)) {
            return OptionalInt.of(HashSecret.run(arguments.subList(1, arguments.size()), here.in(), here.out()));
        }
        if (!arguments.isEmpty() && arguments.get(0).equals(CONFIG)) {
            return OptionalInt.of(new ConfigCommand(here, checks).run(arguments.subList(1, arguments.size())));
        }
        return OptionalInt.empty();
    }

    private OptionalInt print(String text) {
        here.out().print(text);
        here.out().flush();
        return OptionalInt.of(DONE);
    }

    /** As the build wrote it into the jar. */
    private static String version() {
        return Optional.ofNullable(Commands.class.getPackage().getImplementationVersion())
                .orElse("unknown: not run from its jar");
    }
}
