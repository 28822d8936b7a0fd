package io.revoker.http.elastic;

import java.util.Set;

/**
 * How the caller wants the answer.
 *
 * @param filter for answers; errors are never filtered
 */
record Rendering(WireFormat format, Set<Option> options, FieldFilter filter) {
    /** Compact JSON: for a fault that is met before the wishes are known. */
    static final Rendering DEFAULT = new Rendering(WireFormat.JSON, Set.of(), FieldFilter.NONE);

    /** What may be asked for with a parameter of the same name. */
    enum Option {
        PRETTY,
        ERROR_TRACE
    }

    Rendering {
        options = Set.copyOf(options);
    }

    boolean has(Option option) {
        return options.contains(option);
    }
}
