/**
 * Which routes there are, and what each of them is given.
 *
 * <p>Owns the table of the routes, for HTTP, for gRPC and for the bridge, and what the routes of one event loop share.
 */
@NullMarked
package io.revoker.wiring.routes;

import org.jspecify.annotations.NullMarked;
