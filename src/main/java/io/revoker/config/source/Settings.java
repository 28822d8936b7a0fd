package io.revoker.config.source;

import io.revoker.config.Configuration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A configuration, and where each of its values came from. */
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

    /** Those whose content became settings. */
    public Set<Path> files() {
        return files;
    }

    /** What the program was given, as a file that it takes; see {@link Printout}. */
    public String given() {
        return Printout.of(texts.entrySet().stream()
                .filter(setting -> !setting.getValue().isDefault())
                .toList());
    }

    /** Every setting, with its default where none was given, as a file that the program takes; see {@link Printout}. */
    public String effective() {
        return Printout.of(texts.entrySet().stream().toList());
    }
}
