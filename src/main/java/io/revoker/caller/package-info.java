/**
 * Authentication and authorization: the client file, the credentials of a request, and the decision that they match.
 *
 * <p>Owns the privileges, the format of the client file and of its hashes, and the bounds of the time and memory for
 * verifying. Who verifies what clients sign is given to it. Knows nothing of HTTP (it receives the value of one header,
 * what a form has of a client, or a certificate), of Redis or of the bus: it may use the JDK, Jackson, Vert.x core
 * (futures and its worker threads), a bcrypt library and {@link io.revoker.domain}. No secret and no hash leaves it, in
 * a message or otherwise.
 */
@NullMarked
package io.revoker.caller;

import org.jspecify.annotations.NullMarked;
