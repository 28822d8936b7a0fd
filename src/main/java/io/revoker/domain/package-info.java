/**
 * The words of Revoker as types, and the ports that the floors below implement.
 *
 * <p>Owns what a token, a grant, a target, a stamp and a report are, and which of them are valid. Knows neither JSON nor HTTP nor Redis:
 * it may use the JDK and {@link io.vertx.core.Future}, nothing else.
 */
@NullMarked
package io.revoker.domain;

import org.jspecify.annotations.NullMarked;
