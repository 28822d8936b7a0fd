/**
 * Files that may change while the service runs.
 *
 * <p>Owns when they are looked at, and when a change is worth telling: once it stands still. Knows nothing of what is in them: it may use the JDK and
 * Vert.x core, and no other package of ours. It looks on a worker thread, because reading files blocks.
 */
@NullMarked
package io.revoker.watch;

import org.jspecify.annotations.NullMarked;
