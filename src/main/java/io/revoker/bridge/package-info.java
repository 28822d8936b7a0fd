/**
 * The listener for clients of any language: the frames of Vert.x's TCP event bus bridge, with JSON.
 *
 * <p>Owns the frames, the connections and the list of addresses; a client reaches no other address of the event bus.
 * What a message says and who may send it is the same as over HTTP, whose packages decide both.
 */
@NullMarked
package io.revoker.bridge;

import org.jspecify.annotations.NullMarked;
