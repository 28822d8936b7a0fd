package io.revoker.cli.terminal;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The options that all commands have, and the headings of their help. */
@Command(
        versionProvider = StandardOptions.JarVersion.class,
        synopsisHeading = "%nusage: ",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit status:%n")
public final class StandardOptions {
    /** How the jar is started, for the synopsis of a command. */
    public static final String JAR = "java -jar revoker.jar";

    /** For the help of all commands that read settings. */
    public static final String SETTINGS = """
              --config=FILE      settings as YAML; REVOKER_CONFIG names the file too
              --SETTING=VALUE    one setting, such as --http.port=9090 or --redis.url=redis://host:6379;
                                 REVOKER_HTTP_PORT=9090 in the environment does the same, and
                                 REVOKER_REDIS_PASSWORD_FILE=FILE names a file with a secret
            Defaults < file < environment < command line. revoker.yaml in the jar, and in conf,
            holds every setting with its default and its bounds.""";

    public static final String HELP = "--help";
    public static final String VERSION = "--version";

    @Option(names = HELP, usageHelp = true, description = "prints this help")
    boolean help;

    @Option(names = VERSION, versionHelp = true, description = "prints the version")
    boolean version;

    /** As the build wrote it into the jar. */
    public static String version() {
        return Optional.ofNullable(StandardOptions.class.getPackage().getImplementationVersion())
                .orElse("unknown: not run from its jar");
    }

    static final class JarVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"revoker " + StandardOptions.version()};
        }
    }
}
