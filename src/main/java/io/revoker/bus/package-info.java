/**
 * The event-bus contract, both ends: addresses, messages, codecs and typed failures.
 *
 * <p>Owns how a verticle sends requests to Revoker and receives revocations. Messages are immutable records, passed by
 * reference within one JVM and as JSON between JVMs. Touches neither HTTP nor Redis.
 */
@NullMarked
package io.revoker.bus;

import org.jspecify.annotations.NullMarked;
