package io.revoker.config.source;

import io.revoker.config.values.ConfigText;
import io.revoker.config.values.SettingsProblem.Detail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of one source, by path, and its problems. */
final class SettingsLayer {
    private final Schema schema;
    private final Map<String, Given> settings = new LinkedHashMap<>();
    private final List<Detail> problems = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();

    SettingsLayer(Schema schema) {
        this.schema = schema;
    }

    void put(String path, Given given) {
        if (schema.isSection(path)) {
            putSection(path, given);
        } else if (!schema.isSetting(path)) {
            reject(new Detail(ConfigText.quote(path), "unknown", "a setting of revoker.yaml").from(given.origin()));
        } else if (settings.putIfAbsent(path, given) != null) {
            reject(new Detail(path, "set twice", "once").from(given.origin()));
        }
    }

    void reject(Detail problem) {
        problems.add(problem);
    }

    /** Notes that settings depend on the content of this file. */
    void readFrom(Path file) {
        files.add(file);
    }

    Set<Path> files() {
        return files;
    }

    Map<String, Given> settings() {
        return settings;
    }

    List<Detail> problems() {
        return problems;
    }

    /** A section whose settings are all commented out is parsed as a key without a value. */
    private void putSection(String path, Given given) {
        if (!given.text().isEmpty()) {
            reject(new Detail(path, "a single value", "a section").from(given.origin()));
        }
    }

    /**
     * The text of a setting in one source.
     *
     * @param origin the file, the variable or the option
     */
    record Given(String text, String origin) {

        /** The origin of the built-in defaults. */
        static final String DEFAULT = "the default";

        boolean isDefault() {
            return origin.equals(DEFAULT);
        }

        /** Removes the blanks around it. */
        static Given stripped(String text, String origin) {
            return new Given(text.strip(), origin);
        }
    }
}
