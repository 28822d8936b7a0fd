/**
 * The canary: a token that is registered, revoked and looked for again and again, to measure how long it takes until
 * everybody refuses it.
 *
 * <p>Owns its realm, {@code revoker-canary}. Begin with {@link io.revoker.canary.CanaryVerticle}.
 */
@NullMarked
package io.revoker.canary;

import org.jspecify.annotations.NullMarked;
