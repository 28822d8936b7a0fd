package io.revoker.http.elastic;

import java.util.Set;

/**
 * The rendering of the answer that the caller requested.
 *
 * @param filter for answers; errors are never filtered
 */
record Rendering(WireFormat format, Set<Option> options, FieldFilter filter) {
    /** Compact JSON: for an error that occurs before the options are known. */
    static final Rendering DEFAULT = new Rendering(WireFormat.JSON, Set.of(), FieldFilter.NONE);

    /** Options that are requested with a parameter of the same name. */
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
