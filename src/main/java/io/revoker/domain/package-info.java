/**
 * The words of Revoker as types.
 *
 * <p>Owns what a token, a grant, a target, a stamp and a report are, and which of them are valid. Knows neither JSON
 * nor HTTP nor Redis: it may use the JDK and {@link io.vertx.core.Future}, nothing else. The ports that redis
 * implements are in {@link io.revoker.domain.store}.
 */
@NullMarked
package io.revoker.domain;

import org.jspecify.annotations.NullMarked;
