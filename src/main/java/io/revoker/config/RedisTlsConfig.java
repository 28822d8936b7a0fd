package io.revoker.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS towards Redis; used with a {@code rediss://} URL.
 *
 * @param ca PEM; the JDK's trusted authorities if absent
 * @param certificate PEM, of the client; present if and only if its key is
 */
public record RedisTlsConfig(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key, boolean verifyHost) {
    public RedisTlsConfig {
        new Requirements()
                .that(
                        "certificate",
                        certificate,
                        path -> path.isPresent() || key.isEmpty(),
                        "a PEM file, because redis.tls.key is set")
                .that(
                        "key",
                        key,
                        path -> path.isPresent() || certificate.isEmpty(),
                        "a PEM file, because redis.tls.certificate is set")
                .check();
    }
}
