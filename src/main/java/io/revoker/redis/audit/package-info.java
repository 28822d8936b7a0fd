/**
 * The audit trail in Redis: a stream of packs of entries, the ends of their chains, and the acts that are about to be
 * done, all in the slot of the log.
 *
 * <p>Knows nothing of what is in an entry. Implements the port {@link io.revoker.domain.audit.AuditStore}. Begin with
 * {@link io.revoker.redis.audit.RedisAuditStore}.
 */
@NullMarked
package io.revoker.redis.audit;

import org.jspecify.annotations.NullMarked;
