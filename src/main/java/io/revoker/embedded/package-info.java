/**
 * A redis-server of the service's own, for machines without Redis.
 *
 * <p>Owns the program, its process, its directory and its password. Contains no Redis client: it returns a URL.
 * Everything here may block: it is used at start and shutdown only.
 */
@NullMarked
package io.revoker.embedded;

import org.jspecify.annotations.NullMarked;
