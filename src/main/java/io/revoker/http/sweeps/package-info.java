/**
 * Lists sweeps, shows one and stops it.
 */
@NullMarked
package io.revoker.http.sweeps;

import org.jspecify.annotations.NullMarked;
