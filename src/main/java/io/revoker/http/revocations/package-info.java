/**
 * One revocation as a JSON document: what it names, why, and what it may not exceed.
 *
 * <p>Owns the document and its answer. Sends its requests over the event bus.
 */
@NullMarked
package io.revoker.http.revocations;

import org.jspecify.annotations.NullMarked;
