/**
 * The OAuth wire format: token introspection (RFC 7662) and revocation (RFC 7009), signed answers (RFC 9701),
 * and the metadata and keys that say where they are and who has signed (RFC 8414, RFC 7517).
 *
 * <p>Owns the forms and the errors of RFC 6749 and RFC 6750. Answers nothing about a token that RFC 7662 does not
 * define, and nothing of whether there was one to revoke.
 */
@NullMarked
package io.revoker.http.oauth;

import org.jspecify.annotations.NullMarked;
