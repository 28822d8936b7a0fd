package io.revoker.domain.jwt;

import io.vertx.core.Future;

/** Verifies whole reports, by a signature that comes beside them. */
public interface ReportVerifier {
    /**
     * Verifies one.
     *
     * @param keyId which key has signed it
     * @param signature as the reporter writes it
     * @return fails with a {@link io.revoker.domain.Problem}: of kind FORBIDDEN if the signature is not the reporter's,
     * UNAVAILABLE while the keys that are needed could not be fetched
     */
    Future<Void> verify(String keyId, String signature, byte[] report);
}
