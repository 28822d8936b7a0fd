/**
 * Intake of events that others tell of users, by the Shared Signals Framework. Owns the protocol of delivery; what an
 * event means, and that its sender has signed it, is found in the verification, and what a revocation is on the bus.
 */
@NullMarked
package io.revoker.http.events;

import org.jspecify.annotations.NullMarked;
