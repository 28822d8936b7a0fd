/**
 * The audit trail as clients see it: its entries, and the ends of their chains.
 *
 * <p>Owns the parameters of a search. The form of an entry is that in which it was written.
 */
@NullMarked
package io.revoker.http.audit;

import org.jspecify.annotations.NullMarked;
