/**
 * The audit trail: writes an entry for each act, chained and in packs, and finds entries again.
 *
 * <p>Owns what an entry says, when it is written, and what becomes of acts whose instance has ended. Reaches the store
 * only through its port; knows neither HTTP, nor the bus, nor Redis. May use the domain, Vert.x core and Jackson.
 *
 * <p>Begin with {@link io.revoker.audit.Trail}, to which {@code revocation.audit} gives the acts; {@code ChainWriter}
 * writes their entries.
 */
@NullMarked
package io.revoker.audit;

import org.jspecify.annotations.NullMarked;
