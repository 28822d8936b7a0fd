/**
 * Who may call, and what: the client file, the credentials of a request, and the decision that one belongs to the other.
 *
 * <p>Owns the privileges, the form of the client file and of its hashes, and the time and memory that verifying may cost. Knows nothing
 * of HTTP (it is handed the value of one header), of Redis or of the bus: it may use the JDK, Jackson, Vert.x core (futures and its
 * worker threads), a bcrypt library and {@link io.revoker.domain}. No secret and no hash leaves it, in a message or otherwise.
 */
@NullMarked
package io.revoker.caller;

import org.jspecify.annotations.NullMarked;
