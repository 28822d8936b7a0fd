/**
 * Status lists, <a
 * href="https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/20/">draft-ietf-oauth-status-list-20</a>: indexes
 * for tokens, and the signed lists from which verifiers learn which of them are revoked.
 *
 * <p>Owns the form of the lists, and what an instance keeps of them in memory, which is bounded. A list is looked at
 * again only when a client asks for it, and then at most once per interval: what has been revoked since is read from
 * the log, and only the tokens that it may mean are looked at.
 *
 * <p>Begin with {@link io.revoker.http.statuslists.StatusListGroup} and {@code StatusLists}.
 */
@NullMarked
package io.revoker.http.statuslists;

import org.jspecify.annotations.NullMarked;
