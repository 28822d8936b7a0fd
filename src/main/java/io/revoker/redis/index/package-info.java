/**
 * Whose tokens are in Redis: the index sets of realms, of the users of a realm, and of the realms of a user.
 *
 * <p>Owns how they are read page by page, in which order the holders of a target come, and that the index of the realms
 * of users is complete, or known not to be; also how realms are added to the list of realms. Registrations write the
 * sets of users. Knows nothing of what a holder has.
 *
 * <p>Begin with {@link io.revoker.redis.index.TargetScan}.
 */
@NullMarked
package io.revoker.redis.index;

import org.jspecify.annotations.NullMarked;
