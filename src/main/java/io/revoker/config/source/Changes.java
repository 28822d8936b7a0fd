package io.revoker.config.source;

import io.revoker.config.Configuration;
import io.revoker.config.InvalidConfiguration;
import io.revoker.config.Live;
import io.revoker.config.Texts;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What becomes of a running service when it is given another configuration.
 *
 * @param configuration the one before, with what may change while the service runs
 * @param taken what that is, one line each: {@code path: old -> new}
 * @param refused what needs a restart, one line each
 */
public record Changes(Configuration configuration, List<String> taken, List<String> refused) {
    public Changes {
        taken = List.copyOf(taken);
        refused = List.copyOf(refused);
    }

    /** Throws {@link InvalidConfiguration} if what may change does not fit what may not. */
    public static Changes between(Configuration before, Configuration after) {
        return new Mixture().of(before, after);
    }

    /** Puts a configuration together of one that is in force and one that is to be: the {@link Live} values of this, the others of that. */
    static final class Mixture {
        private final List<String> taken = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();

        Changes of(Configuration before, Configuration after) {
            Configuration mixed = (Configuration) section("", before, after);
            return new Changes(mixed, taken, refused);
        }

        private Object section(String path, Object before, Object after) {
            Class<?> type = before.getClass();
            Object[] values = Arrays.stream(type.getRecordComponents())
                    .map(component -> value(component, path, before, after))
                    .toArray();
            try {
                return Binder.construct(type, values);
            } catch (InvalidConfiguration e) {
                throw new InvalidConfiguration(
                        e.details().stream().map(fault -> fault.in(path)).toList());
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
            if (Schema.isLive(component)) {
                taken.add(path + ": " + Texts.quote(old) + " -> " + Texts.quote(other));
                return other;
            }
            refused.add(path + ": " + Texts.quote(other) + " (needs a restart; until then " + Texts.quote(old) + ")");
            return old;
        }
    }
}
