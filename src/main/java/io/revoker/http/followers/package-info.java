/**
 * Followers that tell their names and what they have applied: they confirm, and are listed and removed.
 *
 * <p>Owns their JSON, and who sees whose. Sends its requests over the event bus.
 */
@NullMarked
package io.revoker.http.followers;

import org.jspecify.annotations.NullMarked;
