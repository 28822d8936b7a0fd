/**
 * The ports of the store, and what is handed through them.
 *
 * <p>Owns what the work and the feed demand of a store; the package redis implements it. The same rules as for {@link io.revoker.domain}.
 */
@NullMarked
package io.revoker.domain.store;

import org.jspecify.annotations.NullMarked;
