/**
 * The Java client of Revoker, for programs that are not part of it.
 *
 * <p>Owns how a call looks to a Java program: requests, responses, failures, fail-over, time limits. Its signatures
 * name JDK types only; it sends by {@link java.net.http}. It is also published alone, as a plain jar with its JSON
 * parser inside, so it may use neither another package of Revoker nor any library but jackson-jr, which brings
 * jackson-core.
 */
@NullMarked
package io.revoker.client;

import org.jspecify.annotations.NullMarked;
