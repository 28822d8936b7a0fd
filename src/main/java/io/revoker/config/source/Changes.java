package io.revoker.config.source;

import io.revoker.config.Configuration;
import io.revoker.config.InvalidConfiguration;
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
}
