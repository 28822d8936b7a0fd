package io.revoker.config.source;

import io.revoker.config.InvalidConfiguration.Fault;
import io.revoker.config.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one source sets, by path, and what is wrong with how it does so. */
final class Layer {
    private final Schema schema;
    private final Map<String, Given> settings = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();

    Layer(Schema schema) {
        this.schema = schema;
    }

    void put(String path, Given given) {
        if (schema.isSection(path)) {
            putSection(path, given);
        } else if (!schema.isSetting(path)) {
            reject(new Fault(Texts.quote(path), "unknown", "a setting of revoker.yaml").from(given.origin()));
        } else if (settings.putIfAbsent(path, given) != null) {
            reject(new Fault(path, "set twice", "once").from(given.origin()));
        }
    }

    void reject(Fault fault) {
        faults.add(fault);
    }

    /** What is set depends on the content of this file. */
    void readFrom(Path file) {
        files.add(file);
    }

    Set<Path> files() {
        return files;
    }

    Map<String, Given> settings() {
        return settings;
    }

    List<Fault> faults() {
        return faults;
    }

    /** A section whose every setting is commented out is read as one without a value. */
    private void putSection(String path, Given given) {
        if (!given.text().isEmpty()) {
            reject(new Fault(path, "a single value", "a section").from(given.origin()));
        }
    }

    /**
     * A setting's text as one source has it.
     *
     * @param origin the file, the variable or the option
     */
    record Given(String text, String origin) {

        /** What the program itself says. */
        static final String DEFAULT = "the default";

        boolean isDefault() {
            return origin.equals(DEFAULT);
        }

        /** Without the blanks around it. */
        static Given stripped(String text, String origin) {
            return new Given(text.strip(), origin);
        }
    }
}
