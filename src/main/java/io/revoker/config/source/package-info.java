/**
 * The sources of settings, and their conversion to the tree of {@link io.revoker.config.Configuration}.
 *
 * <p>Owns the layers (defaults of {@code revoker.yaml}, a file, the environment, the command line), the report of all
 * problems at once, the printout, and which settings may change without a restart. Reads files and nothing else.
 */
@NullMarked
package io.revoker.config.source;

import org.jspecify.annotations.NullMarked;
