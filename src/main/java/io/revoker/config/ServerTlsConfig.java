package io.revoker.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * TLS of the listener for clients.
 *
 * @param certificate PEM, the chain; present if TLS is enabled
 * @param key PEM, PKCS #8; present if TLS is enabled
 */
public record ServerTlsConfig(boolean enabled, Optional<Path> certificate, Optional<Path> key) {
    private static final String EXPECTED = "a PEM file, because tls is enabled";

    public ServerTlsConfig {
        new Requirements()
                .that("certificate", certificate, path -> !enabled || path.isPresent(), EXPECTED)
                .that("key", key, path -> !enabled || path.isPresent(), EXPECTED)
                .check();
    }

    /** Those that are read; none if TLS is off. */
    public Set<Path> files() {
        return enabled ? Set.of(certificate.orElseThrow(), key.orElseThrow()) : Set.of();
    }
}
