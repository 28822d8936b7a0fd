/**
 * The acts that the audit trail keeps, at the one place that each of them passes: where a request comes from the event
 * bus. So the requests of every listener are kept, and those of applications on the bus.
 *
 * <p>Begin with {@link io.revoker.revocation.audit.AuditedActs}.
 */
@NullMarked
package io.revoker.revocation.audit;

import org.jspecify.annotations.NullMarked;
