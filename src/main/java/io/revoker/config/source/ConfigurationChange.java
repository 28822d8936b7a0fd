package io.revoker.config.source;

import io.revoker.config.Configuration;
import io.revoker.config.values.ConfigText;
import io.revoker.config.values.Reloadable;
import io.revoker.config.values.SettingsProblem;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The effect of a changed configuration on a running service.
 *
 * @param configuration the previous one, with the new values of all reloadable settings
 * @param taken the changes that apply now, one line each: {@code path: old -> new}
 * @param refused the changes that need a restart, one line each
 */
public record ConfigurationChange(Configuration configuration, List<String> taken, List<String> refused) {
    public ConfigurationChange {
        taken = List.copyOf(taken);
        refused = List.copyOf(refused);
    }

    /** Throws {@link SettingsProblem} if the new values do not fit the old values of the other settings. */
    public static ConfigurationChange between(Configuration before, Configuration after) {
        return new Mixture().of(before, after);
    }

    /**
     * Combines two configurations: the {@link Reloadable} values of the new one, and the other values of the current
     * one.
     */
    static final class Mixture {
        private final List<String> taken = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();

        ConfigurationChange of(Configuration before, Configuration after) {
            Configuration mixed = (Configuration) section("", before, after);
            return new ConfigurationChange(mixed, taken, refused);
        }

        private Object section(String path, Object before, Object after) {
            Class<?> type = before.getClass();
            Object[] values = Arrays.stream(type.getRecordComponents())
                    .map(component -> value(component, path, before, after))
                    .toArray();
            try {
                return Binder.construct(type, values);
            } catch (SettingsProblem e) {
                throw new SettingsProblem(
                        e.details().stream().map(problem -> problem.in(path)).toList());
            }
        }

        private Object value(RecordComponent component, String section, Object before, Object after) {
            String path = Schema.join(section, component);
            Object old = Schema.value(component, before);
            Object other = Schema.value(component, after);
            if (old.equals(other)) {
                return old;
            }
            if (Schema.isSection(component)) {
                return section(path, old, other);
            }
            if (Schema.isReloadable(component)) {
                taken.add(path + ": " + ConfigText.quote(old) + " -> " + ConfigText.quote(other));
                return other;
            }
            refused.add(path + ": " + ConfigText.quote(other) + " (needs a restart; until then " + ConfigText.quote(old)
                    + ")");
            return old;
        }
    }
}
