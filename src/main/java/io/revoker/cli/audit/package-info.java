/**
 * The commands about the audit trail: they list its entries, copy them, and check that it is whole.
 *
 * <p>Owns the sentences about what is wrong with it. Reaches the service over HTTP only, like any other caller.
 */
@NullMarked
package io.revoker.cli.audit;

import org.jspecify.annotations.NullMarked;
