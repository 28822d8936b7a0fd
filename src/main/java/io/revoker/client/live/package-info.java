/**
 * Connections that stay open, and the tokens that have opened them: each is ended once its token dies.
 *
 * <p>Owns which connections are open, by what their tokens may be revoked by, and the questions to the service about
 * those that the view can't tell about. Knows the view, and no kind of connection. Begin with {@link
 * io.revoker.client.live.LiveConnections}.
 */
@NullMarked
package io.revoker.client.live;

import org.jspecify.annotations.NullMarked;
