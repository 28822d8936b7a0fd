package io.revoker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
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
            Matcher block = KEY.matcher(new String(content, ISO_8859_1));
            try {
                return block.find() && Base64.getMimeDecoder().decode(block.group(1)).length > 0;
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }
    };

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----([^-]+)-----END [A-Z ]*PRIVATE KEY-----");

    private final String expected;

    PemFile(String expected) {
        this.expected = expected;
    }

    String expected() {
        return expected;
    }

    abstract boolean isIn(byte[] content);

    boolean isIn(Path file) {
        try {
            return Files.isRegularFile(file) && isIn(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            return false;
        }
    }
}
