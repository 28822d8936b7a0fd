/**
 * Checks and revocations of JWTs that need not be registered. Owns what marks and tombstones mean for them; that their
 * signatures hold was found before.
 */
@NullMarked
package io.revoker.revocation.jwt;

import org.jspecify.annotations.NullMarked;
