/**
 * What is known of network addresses, for all that connects to hosts that others name. Knows nothing of ours.
 */
@NullMarked
package io.revoker.net;

import org.jspecify.annotations.NullMarked;
