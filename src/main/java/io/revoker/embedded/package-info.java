/**
 * A redis-server of the service's own, for who has none.
 *
 * <p>Owns the program, its process, its directory and its password. Speaks no Redis itself: it hands out an URL. Everything here may block: it is used
 * at the start and at the end only.
 */
@NullMarked
package io.revoker.embedded;

import org.jspecify.annotations.NullMarked;
