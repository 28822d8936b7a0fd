/**
 * Streams of events: who receives which revocations, how far each receiver is, and the port that stores it.
 *
 * <p>The same rules as for {@link io.revoker.domain}.
 */
@NullMarked
package io.revoker.domain.streams;

import org.jspecify.annotations.NullMarked;
