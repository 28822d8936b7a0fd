/**
 * Status lists (draft-ietf-oauth-status-list): who has which bit of which list, when a list ends, and the port that
 * stores it.
 *
 * <p>The same rules as for {@link io.revoker.domain}.
 */
@NullMarked
package io.revoker.domain.statuslists;

import org.jspecify.annotations.NullMarked;
