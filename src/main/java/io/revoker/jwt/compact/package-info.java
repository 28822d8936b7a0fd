/**
 * Texts that are signed, and what is in them: JWTs in the compact form, and the members of their headers and claims.
 * Nothing is verified here.
 */
@NullMarked
package io.revoker.jwt.compact;

import org.jspecify.annotations.NullMarked;
