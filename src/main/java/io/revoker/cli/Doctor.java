package io.revoker.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.cli.Finding.Grade;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import io.revoker.cli.terminal.StandardOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code doctor}: examines the settings of a service and its Redis. */
@Command(
        name = "doctor",
        header = "Examines the settings of a service and its Redis, and says what has to be mended.",
        customSynopsis = StandardOptions.JAR + " doctor [--json] [--config=FILE] [--SETTING=VALUE ...]",
        description = {
            "Run it where the service runs, with its settings. It connects to Redis and writes one key that expires.",
            "",
            StandardOptions.SETTINGS
        },
        exitCodeList = {"0:nothing has to be mended", "1:something has to be mended", "2:the arguments can't be used"})
final class Doctor implements Callable<Integer> {
    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    @Option(names = "--json", description = "prints an object for each finding, one a line")
    private boolean json;

    @Unmatched
    private final List<String> settings = new ArrayList<>();

    private final CommandIo io;
    private final SettingsCheck check;

    Doctor(CommandIo io, SettingsCheck check) {
        this.io = io;
        this.check = check;
    }

    @Override
    public Integer call() {
        List<Finding> findings = findings();
        findings.forEach(finding -> io.out().println(json ? object(finding) : line(finding)));
        return findings.stream().anyMatch(finding -> finding.grade() == Grade.MEND) ? CommandIo.FAILED : CommandIo.DONE;
    }

    /** What depends on settings with problems is not examined. */
    private List<Finding> findings() {
        List<String> problems = check.problems(settings, io.environment());
        if (!problems.isEmpty()) {
            return problems.stream()
                    .map(problem -> Finding.mend("settings", problem))
                    .toList();
        }
        List<Finding> findings = new ArrayList<>(List.of(Finding.ok("settings", "no problems")));
        check.warnings(settings, io.environment())
                .forEach(warning -> findings.add(Finding.warning("settings", warning)));
        findings.addAll(check.examine(settings, io.environment()).join());
        return findings;
    }

    private static String object(Finding finding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("grade", finding.grade().word())
                .put("subject", finding.subject())
                .put("text", finding.text())
                .toString();
    }

    private String line(Finding finding) {
        String word = String.format(Locale.ROOT, "%-7s", finding.grade().word());
        String grade = io.isColoured() ? "\u001b[" + finding.grade().colour() + "m" + word + "\u001b[0m" : word;
        return grade + "  " + finding.subject() + ": " + Shown.text(finding.text());
    }
}
