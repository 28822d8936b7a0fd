/**
 * The OAuth wire: token introspection (RFC 7662).
 *
 * <p>Owns the forms and the errors of RFC 6749 and RFC 6750. Says nothing about a token that RFC 7662 does not say.
 */
@NullMarked
package io.revoker.http.oauth;

import org.jspecify.annotations.NullMarked;
