package io.revoker.caller;

import java.nio.file.Path;
import java.util.List;

/**
 * A file that a setting names, and that can't be used, with all its problems. No message contains a secret or a hash.
 */
public final class DocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String setting;
    private final String file;
    private final List<String> problems;

    /** @param setting that names the file */
    public DocumentException(String setting, Path file, List<String> problems) {
        super(file + ":\n  " + String.join("\n  ", problems), null, false, false);
        this.setting = setting;
        this.file = file.toString();
        this.problems = List.copyOf(problems);
    }

    public String setting() {
        return setting;
    }

    /** One line per problem, in the order of the file: {@code place: value (expected: what)}. */
    public List<String> problems() {
        return problems;
    }

    /** The same, each behind the name of the file. */
    public List<String> lines() {
        return problems.stream().map(problem -> file + ": " + problem).toList();
    }
}
