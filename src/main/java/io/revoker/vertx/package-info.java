/**
 * What Vert.x applications need beside the Java client: how their connections are ended, and a view whose answers are
 * futures of Vert.x.
 *
 * <p>Knows Vert.x and the client, and nothing of the service. Begin with {@link io.revoker.vertx.VertxConnection} and
 * {@link io.revoker.vertx.VertxView}.
 */
@NullMarked
package io.revoker.vertx;

import org.jspecify.annotations.NullMarked;
