/**
 * What Vert.x applications need beside the Java client: how their connections are ended.
 *
 * <p>Knows the connections of Vert.x and the client, and nothing of the service. Begin with {@link
 * io.revoker.vertx.VertxConnection}.
 */
@NullMarked
package io.revoker.vertx;

import org.jspecify.annotations.NullMarked;
