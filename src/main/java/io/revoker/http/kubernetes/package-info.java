/**
 * The webhook of Kubernetes for authentication by tokens: {@code TokenReview} of {@code authentication.k8s.io}.
 *
 * <p>Owns what Kubernetes gets to know of a token. Must not say whether it was revoked or never known: another
 * authenticator of the cluster may know it.
 */
@NullMarked
package io.revoker.http.kubernetes;

import org.jspecify.annotations.NullMarked;
