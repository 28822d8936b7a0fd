/**
 * The wire format of Elasticsearch's "Invalidate Token" API: exactly what its unmodified clients send and expect.
 *
 * <p>Owns everything between bytes and domain for that format: which requests are accepted, the exact texts and
 * positions of every error, the fields and renderings of every answer. Does not touch the store, and decides nothing
 * about revocation. A token may appear in an answer to its own sender (the parser's messages quote what they could not
 * read), never in an exception's message or a log.
 */
@NullMarked
package io.revoker.http.elastic;

import org.jspecify.annotations.NullMarked;
