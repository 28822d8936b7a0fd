/**
 * What can be set.
 *
 * <p>Owns the tree of records that every setting ends in, each with its bounds. Where their values come from is the business of
 * {@link io.revoker.config.source}. Uses the JDK, neither Vert.x nor any other package of ours.
 */
@NullMarked
package io.revoker.config;

import org.jspecify.annotations.NullMarked;
