/**
 * The event-bus contract, both ends: addresses, messages, codecs and typed failures.
 *
 * <p>Owns how a verticle asks Revoker for work and how it hears of revocations. Messages are immutable records that travel by reference within
 * one JVM and as JSON between JVMs. Touches neither HTTP nor Redis.
 */
@NullMarked
package io.revoker.bus;

import org.jspecify.annotations.NullMarked;
