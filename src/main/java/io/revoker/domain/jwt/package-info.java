/**
 * JWTs that prove themselves: what is known of a token that its issuer has signed, whether or not it was registered,
 * and of a notice by which an issuer tells that a user has been logged out. The service asks a
 * {@link io.revoker.domain.jwt.JwtVerifier} and a {@link io.revoker.domain.jwt.NoticeVerifier}; where the keys come
 * from is not known here, only in which form Java reads one kind of them.
 */
@NullMarked
package io.revoker.domain.jwt;

import org.jspecify.annotations.NullMarked;
