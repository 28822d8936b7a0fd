/**
 * Everything in the log's slot in Redis: the log of revocations, the marks, and the ledger of sweeps.
 *
 * <p>Owns the stamp, the text of an entry, and the confirmation that replicas have it. Implements the ports
 * {@link io.revoker.domain.store.RevocationLog}, {@link io.revoker.domain.store.MarkStore} and
 * {@link io.revoker.domain.store.SweepLedger}.
 */
@NullMarked
package io.revoker.redis.log;

import org.jspecify.annotations.NullMarked;
