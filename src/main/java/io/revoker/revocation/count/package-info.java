/**
 * Counts and lists what a revocation would find, without it. Owns what counts as live and as invalid before; changes
 * nothing.
 */
@NullMarked
package io.revoker.revocation.count;

import org.jspecify.annotations.NullMarked;
