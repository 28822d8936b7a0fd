/**
 * What can be set, and the one way to set it.
 *
 * <p>Owns the tree of records that every setting ends in, the layers it is put together from (the defaults of {@code revoker.yaml}, a file,
 * the environment, the command line) and the report of every fault at once. Reads files and nothing else; uses the JDK and Jackson, neither
 * Vert.x nor any other package of ours.
 */
@NullMarked
package io.revoker.config;

import org.jspecify.annotations.NullMarked;
