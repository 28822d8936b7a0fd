/**
 * The route that serves the description of all routes.
 *
 * <p>Owns only the route. The descriptions are resources. Of {@code openapi.yaml} tests compare it with every other
 * route.
 */
@NullMarked
package io.revoker.http.openapi;

import org.jspecify.annotations.NullMarked;
