/**
 * The Elasticsearch "Invalidate Token" wire: what its unmodified clients send and expect, to the letter.
 *
 * <p>Owns everything between bytes and domain for that wire: which requests are accepted, the exact texts and positions of every refusal, the
 * fields and renderings of every answer. Touches neither the store nor the event bus, and decides nothing about revocation. A token may stand in
 * an answer to its own sender (the parser's messages quote what they could not read), never in an exception's message or a log.
 */
@NullMarked
package io.revoker.http.elastic;

import org.jspecify.annotations.NullMarked;
