/**
 * The commands that ask a service for something: revoke, lock, list, check, watch.
 *
 * <p>Owns what they ask a person before they act, and the sentences about what was done. Reaches the service over HTTP
 * only, like any other caller, so it has no right that the credentials don't give it.
 */
@NullMarked
package io.revoker.cli.acts;

import org.jspecify.annotations.NullMarked;
