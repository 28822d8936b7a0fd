/**
 * Answers checks, registers grants, and carries out revocations by mark and sweep.
 *
 * <p>Owns the verticle that serves the event-bus addresses and the order of steps in each flow. Reaches the store only
 * through its ports; knows neither HTTP nor Redis nor JSON.
 */
@NullMarked
package io.revoker.revocation;

import org.jspecify.annotations.NullMarked;
