/**
 * Intake of leaked tokens from secret scanners, in the scanners' own protocols. Owns these protocols; what a revocation
 * is, it leaves to the bus.
 */
@NullMarked
package io.revoker.http.leaks;

import org.jspecify.annotations.NullMarked;
