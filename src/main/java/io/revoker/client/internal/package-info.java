/**
 * What the packages of the Java client share. Not for programs that use the client: it may change with every version.
 *
 * <p>Owns the JSON of the client. Knows no other package of it.
 */
@NullMarked
package io.revoker.client.internal;

import org.jspecify.annotations.NullMarked;
