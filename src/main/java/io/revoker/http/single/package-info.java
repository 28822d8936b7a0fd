/**
 * Checks and revokes single tokens by their text, for every route that is given one: JWTs are verified first, a token
 * is looked for as both kinds, and each revocation is logged. And carries out what issuers tell of their users, once.
 */
@NullMarked
package io.revoker.http.single;

import org.jspecify.annotations.NullMarked;
