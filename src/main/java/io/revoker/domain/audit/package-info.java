/**
 * What was done, by whom, and why: the acts that the audit trail keeps, and the ports to it.
 *
 * <p>Owns which kinds of acts there are and what is known of each. Knows neither the form of an entry nor where it is
 * kept. Begin with {@link io.revoker.domain.audit.AuditTrail}.
 */
@NullMarked
package io.revoker.domain.audit;

import org.jspecify.annotations.NullMarked;
