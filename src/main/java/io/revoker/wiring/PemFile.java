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

/** What a PEM file (RFC 7468) has to hold. Tells a wrong file from a right one; what TLS thinks of it is seen at the start. */
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

    /** What is wrong with a file; blocks while it reads. */
    Optional<String> fault(String setting, Path file) {
        return isIn(file) ? Optional.empty() : Optional.of(setting + ": " + file + " (expected: " + expected + ")");
    }

    /** The key of a PKCS #8 file (RFC 5958), which is one of several forms; absent if it has another one. */
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
