/**
 * What is known of network addresses, for all that connects to hosts that others name. Uses no other package of the
 * service.
 */
@NullMarked
package io.revoker.net;

import org.jspecify.annotations.NullMarked;
