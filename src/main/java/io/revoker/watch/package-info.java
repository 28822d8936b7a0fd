/**
 * Files that may change while the service runs.
 *
 * <p>Owns when they are polled, and when a change is reported: once the content is stable. Does not know what is in
 * them: it may use the JDK and Vert.x core, and no other package of the service. It polls on a worker thread, because
 * reading files blocks.
 */
@NullMarked
package io.revoker.watch;

import org.jspecify.annotations.NullMarked;
