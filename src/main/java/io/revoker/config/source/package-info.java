/**
 * Where settings come from, and how they become the tree of {@link io.revoker.config.Configuration}.
 *
 * <p>Owns the layers (defaults of {@code revoker.yaml}, a file, the environment, the command line), the report of every fault at once, the printout, and what
 * may change without a restart. Reads files and nothing else.
 */
@NullMarked
package io.revoker.config.source;

import org.jspecify.annotations.NullMarked;
