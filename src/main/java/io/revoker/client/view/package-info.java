/**
 * A view of what is revoked, in the memory of a gateway.
 *
 * <p>Owns the tables, how they are kept current by the feed, when they are too old to decide by, and their copy on the
 * disk. Reaches the service by the client only. Begin with {@link io.revoker.client.view.RevocationView}.
 */
@NullMarked
package io.revoker.client.view;

import org.jspecify.annotations.NullMarked;
