/**
 * The settings.
 *
 * <p>Owns the tree of records for all settings, with their bounds. The kinds of values are in
 * {@link io.revoker.config.values}, where they come from in
 * {@link io.revoker.config.source}. Uses the JDK, neither Vert.x nor another package of the service.
 */
@NullMarked
package io.revoker.config;

import org.jspecify.annotations.NullMarked;
