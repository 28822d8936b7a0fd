/**
 * The chains of entries of the audit trail: each entry has the hash of the one before it, so that one that is missing,
 * altered or moved shows.
 *
 * <p>Owns the form in which an entry is linked, and the check. Knows neither what else is in an entry nor where entries
 * are kept. May use the domain and Jackson.
 *
 * <p>Begin with {@link io.revoker.audit.chain.ChainedLine}.
 */
@NullMarked
package io.revoker.audit.chain;

import org.jspecify.annotations.NullMarked;
