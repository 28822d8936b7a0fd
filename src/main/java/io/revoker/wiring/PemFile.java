package io.revoker.wiring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The expected content of a PEM file (RFC 7468). Only distinguishes right files from wrong ones; whether TLS can use
 * the content is checked at the start.
 */
enum PemFile {
    CERTIFICATES("a readable PEM file of certificates") {
        @Override
        boolean isIn(byte[] content) {
            try {
                return !CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(content))
                        .isEmpty();
            } catch (CertificateException e) {
                return false;
            }
        }
    },

    PRIVATE_KEY("a readable PEM file of a private key") {
        @Override
        boolean isIn(byte[] content) {
            return encoded(KEY, content).filter(key -> key.length > 0).isPresent();
        }
    };

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----([^-]+)-----END [A-Z ]*PRIVATE KEY-----");

    private static final Pattern PKCS_8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

    private final String expected;

    PemFile(String expected) {
        this.expected = expected;
    }

    /** The problem of a file, if there is one; blocks while it reads. */
    Optional<String> problem(Path file) {
        return isIn(file) ? Optional.empty() : Optional.of(file + " (expected: " + expected + ")");
    }

    /** The same, behind the setting that names the file. */
    Optional<String> problem(String setting, Path file) {
        return problem(file).map(found -> setting + ": " + found);
    }

    /** The key of a PKCS #8 file (RFC 5958); absent if it has one of the other forms. */
    static Optional<byte[]> pkcs8(byte[] content) {
        return encoded(PKCS_8, content);
    }

    private static Optional<byte[]> encoded(Pattern block, byte[] content) {
        Matcher found = block.matcher(new String(content, ISO_8859_1));
        try {
            return found.find() ? Optional.of(Base64.getMimeDecoder().decode(found.group(1))) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    abstract boolean isIn(byte[] content);

    private boolean isIn(Path file) {
        try {
            return Files.isRegularFile(file) && isIn(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            return false;
        }
    }
}
