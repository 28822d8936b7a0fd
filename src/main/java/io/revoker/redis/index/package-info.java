/**
 * Where the tokens of a target are in Redis: the index sets of realms, of the users of a realm and of the hashes that
 * some of them share, and of the realms of a user.
 *
 * <p>Owns how they are read page by page, in which order they come, which level of the shared hashes is written to, and
 * that the index of the realms of users is complete, or known not to be; also how realms are added to the list of
 * realms. Registrations write the sets of users and of shared hashes. Of what is in a hash of grants it reads whose it
 * is, and whether it has expired.
 *
 * <p>Begin with {@link io.revoker.redis.index.TargetScan}.
 */
@NullMarked
package io.revoker.redis.index;

import org.jspecify.annotations.NullMarked;
