package io.revoker.config.source;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.revoker.config.Configuration;
import io.revoker.config.source.SettingsLayer.Given;
import io.revoker.config.values.ConfigText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.regex.Pattern;

/** A configuration, and the source of each of its values. */
public final class Settings {
    private final Configuration configuration;
    private final Map<String, Given> texts;
    private final Set<Path> files;

    /** @param texts in the order of the tree, one for each setting */
    Settings(Configuration configuration, Map<String, Given> texts, Set<Path> files) {
        this.configuration = configuration;
        this.texts = new LinkedHashMap<>(texts);
        this.files = Set.copyOf(files);
    }

    public Configuration configuration() {
        return configuration;
    }

    /** The files whose content became settings. */
    public Set<Path> files() {
        return files;
    }

    /** The settings that the program was given, as a file that it accepts; see {@link Printout}. */
    public String given() {
        return Printout.of(texts.entrySet().stream()
                .filter(setting -> !setting.getValue().isDefault())
                .toList());
    }

    /** Every setting, including defaults, as a file that the program accepts; see {@link Printout}. */
    public String effective() {
        return Printout.of(texts.entrySet().stream().toList());
    }

    /**
     * Settings as a YAML file that can be read again, each with its source in a comment. No secret is printed: a line
     * with a secret becomes a comment, with {@code <redacted>} in its place.
     */
    static final class Printout {
        private static final String REDACTED = "<redacted>";
        private static final String URL = "redis.url";
        private static final Pattern PASSWORD = Pattern.compile("(://[^:@/]*:)[^@]*@");
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9._/-]*");
        private static final Pattern NULL = Pattern.compile("null|Null|NULL");
        private static final Set<String> SECRETS = new Schema(Configuration.class).secrets();

        private final StringBuilder lines = new StringBuilder();
        private List<String> section = List.of();

        private Printout() {}

        /** In the order of the tree. */
        static String of(List<Entry<String, Given>> settings) {
            Printout printout = new Printout();
            settings.forEach(setting -> printout.add(setting.getKey(), setting.getValue()));
            return printout.lines.toString();
        }

        private void add(String path, Given given) {
            List<String> steps = List.of(path.split("\\."));
            enter(steps.subList(0, steps.size() - 1));
            String text = shown(path, given.text());
            lines.append("  ".repeat(section.size()))
                    .append(text.equals(given.text()) ? "" : "# ")
                    .append(steps.get(section.size()))
                    .append(": ")
                    .append(scalar(text))
                    .append(given.isDefault() ? "  # " : "  # from ")
                    .append(ConfigText.quote(given.origin()))
                    .append('\n');
        }

        private void enter(List<String> inner) {
            for (int depth = common(inner); depth < inner.size(); depth++) {
                lines.append("  ".repeat(depth)).append(inner.get(depth)).append(":\n");
            }
            section = inner;
        }

        private int common(List<String> inner) {
            int depth = 0;
            while (depth < Math.min(section.size(), inner.size())
                    && section.get(depth).equals(inner.get(depth))) {
                depth++;
            }
            return depth;
        }

        /** In a URL only the password is hidden. */
        private static String shown(String path, String text) {
            if (text.isEmpty() || !SECRETS.contains(path)) {
                return text;
            }
            return path.equals(URL) ? PASSWORD.matcher(text).replaceFirst("$1" + REDACTED + "@") : REDACTED;
        }

        /** A JSON string is also a YAML string. */
        private static String scalar(String text) {
            return PLAIN.matcher(text).matches() && !NULL.matcher(text).matches()
                    ? text
                    : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        }
    }
}
