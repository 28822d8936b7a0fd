package io.revoker.config.source;

import io.revoker.config.source.SettingsLayer.Given;
import io.revoker.config.values.ConfigText;
import io.revoker.config.values.SettingsProblem.Detail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The settings on the command line, {@code --path=value} or {@code --path value}. A word that is not an option is
 * never quoted: it could be a secret.
 *
 * @param file the value of {@code --config}
 */
record CommandLineSource(Optional<String> file, SettingsLayer layer) {
    private static final String MARK = "--";
    private static final String FILE = "config";
    private static final String EXPECTED = "--setting=value";

    static CommandLineSource read(List<String> arguments, Schema schema) {
        CommandLineSource source = new CommandLineSource(Optional.empty(), new SettingsLayer(schema));
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            source = source.with(rest.remove(), rest);
        }
        return source;
    }

    private CommandLineSource with(String argument, Deque<String> rest) {
        if (!argument.startsWith(MARK)) {
            layer.reject(new Detail("command line", "a word that is not an option", EXPECTED));
            return this;
        }
        String[] parts = argument.substring(MARK.length()).split("=", 2);
        if (parts.length == 1 && !hasValue(rest)) {
            layer.reject(new Detail(ConfigText.quote(argument), "no value", EXPECTED));
            return this;
        }
        return with(parts[0], Given.stripped(parts.length == 1 ? rest.remove() : parts[1], MARK + parts[0]));
    }

    private CommandLineSource with(String path, Given given) {
        if (path.equals(FILE)) {
            return withFile(given.text());
        }
        layer.put(path, given);
        return this;
    }

    private CommandLineSource withFile(String named) {
        if (named.isEmpty()) {
            layer.reject(new Detail(MARK + FILE, "no value", "--config=FILE"));
        } else if (file.isPresent()) {
            layer.reject(new Detail(MARK + FILE, "set twice", "once"));
        }
        return new CommandLineSource(Optional.of(named), layer);
    }

    private static boolean hasValue(Deque<String> rest) {
        return !rest.isEmpty() && !rest.element().startsWith(MARK);
    }
}
