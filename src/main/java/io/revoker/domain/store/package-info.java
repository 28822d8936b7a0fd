/**
 * The ports of the store, and the values that pass through them.
 *
 * <p>Owns what the revocation and feed packages need from a store; the package redis implements it. The same rules as
 * for {@link io.revoker.domain}.
 */
@NullMarked
package io.revoker.domain.store;

import org.jspecify.annotations.NullMarked;
