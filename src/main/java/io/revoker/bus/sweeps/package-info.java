/**
 * The messages that ask for sweeps, and their answers.
 *
 * <p>Owns nothing but these records; {@link io.revoker.bus.RevokerBus} sends them.
 */
@NullMarked
package io.revoker.bus.sweeps;

import org.jspecify.annotations.NullMarked;
