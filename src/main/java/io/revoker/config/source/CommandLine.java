package io.revoker.config.source;

import io.revoker.config.InvalidConfiguration.Fault;
import io.revoker.config.Texts;
import io.revoker.config.source.Layer.Given;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options {@code --path=value} or {@code --path value}. A word that is no option is quoted only if it is the first and looks like a
 * command: anything else could be a secret.
 *
 * @param file the value of {@code --config}
 */
record CommandLine(Optional<String> file, Layer layer) {
    private static final String MARK = "--";
    private static final String FILE = "config";
    private static final String EXPECTED = "--setting=value";
    private static final Pattern COMMAND = Pattern.compile("[a-z]{1,12}(-[a-z]{1,12})?");

    static CommandLine read(List<String> arguments, Schema schema) {
        CommandLine line = new CommandLine(Optional.empty(), new Layer(schema));
        Deque<String> rest = new ArrayDeque<>(arguments);
        if (!rest.isEmpty() && COMMAND.matcher(rest.element()).matches()) {
            line.layer.reject(new Fault("command", Texts.quote(rest.remove()), "config, hash-secret or " + EXPECTED));
        }
        while (!rest.isEmpty()) {
            line = line.with(rest.remove(), rest);
        }
        return line;
    }

    private CommandLine with(String argument, Deque<String> rest) {
        if (!argument.startsWith(MARK)) {
            layer.reject(new Fault("command line", "a word that is no option", EXPECTED));
            return this;
        }
        String[] parts = argument.substring(MARK.length()).split("=", 2);
        if (parts.length == 1 && !hasValue(rest)) {
            layer.reject(new Fault(Texts.quote(argument), "no value", EXPECTED));
            return this;
        }
        return with(parts[0], Given.stripped(parts.length == 1 ? rest.remove() : parts[1], MARK + parts[0]));
    }

    private CommandLine with(String path, Given given) {
        if (path.equals(FILE)) {
            return new CommandLine(Optional.of(given.text()), layer);
        }
        layer.put(path, given);
        return this;
    }

    private static boolean hasValue(Deque<String> rest) {
        return !rest.isEmpty() && !rest.element().startsWith(MARK);
    }
}
