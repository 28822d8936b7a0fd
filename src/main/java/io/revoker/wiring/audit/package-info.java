/**
 * How the audit trail is put together: what its settings say, where entries are copied to, and who signs.
 *
 * <p>Begin with {@link io.revoker.wiring.audit.Auditing}.
 */
@NullMarked
package io.revoker.wiring.audit;

import org.jspecify.annotations.NullMarked;
