/**
 * Status lists in Redis: which lists there are, and who has which index.
 *
 * <p>Owns the encoding of an allocation. Implements the port
 * {@link io.revoker.domain.statuslists.StatusListStore}. May use the marks and locks that registrations use, in
 * {@link io.revoker.redis.tokens}.
 */
@NullMarked
package io.revoker.redis.statuslists;

import org.jspecify.annotations.NullMarked;
