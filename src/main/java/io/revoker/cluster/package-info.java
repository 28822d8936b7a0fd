/**
 * Joins a Vert.x to the cluster of the service's instances, so that applications in other JVMs share its event bus.
 *
 * <p>Owns the cluster manager and its settings. It is the only package that knows which cluster manager that is; its
 * library need not be on the class path without a cluster. Knows nothing of what is sent.
 */
@NullMarked
package io.revoker.cluster;

import org.jspecify.annotations.NullMarked;
