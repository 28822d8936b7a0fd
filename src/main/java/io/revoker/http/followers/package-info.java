/**
 * Named followers: they confirm what they have applied, and are listed and removed.
 *
 * <p>Owns their JSON, and who sees whose. Sends its requests over the event bus.
 */
@NullMarked
package io.revoker.http.followers;

import org.jspecify.annotations.NullMarked;
