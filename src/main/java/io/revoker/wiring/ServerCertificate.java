package io.revoker.wiring;

import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.wiring.StartProblems.NotStarted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificate of the listener for clients and its private key, as their files contained them at one time.
 *
 * @param chain PEM: the certificate, followed by those of its issuers
 * @param key PEM: the private key of the first
 */
record ServerCertificate(Buffer chain, Buffer key) {
    private static final byte[] PROBE = new byte[32];

    /** Absent if TLS is off. Blocks while it reads; throws {@link NotStarted} with the problems of the files. */
    static Optional<ServerCertificate> read(ServerTlsConfig tls) {
        return tls.enabled()
                ? Optional.of(read(tls.certificate().orElseThrow(), tls.key().orElseThrow(), tls.clientAuthorities()))
                : Optional.empty();
    }

    private static ServerCertificate read(Path chain, Path key, Optional<Path> authorities) {
        List<String> problems = Stream.of(
                        PemFile.CERTIFICATES.problem("http.tls.certificate", chain),
                        PemFile.PRIVATE_KEY.problem("http.tls.key", key),
                        authorities.flatMap(file -> PemFile.CERTIFICATES.problem("http.tls.client-authorities", file)))
                .flatMap(Optional::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new NotStarted(problems);
        }
        ServerCertificate read = new ServerCertificate(content(chain), content(key));
        if (!read.isPair()) {
            throw new NotStarted(List.of("http.tls.key: " + key + " (expected: the key of " + chain + ")"));
        }
        return read;
    }

    private static Buffer content(Path file) {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new NotStarted(List.of("http.tls: " + file + " (expected: a readable file)"));
        }
    }

    /** In the form that Vert.x expects. */
    PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(chain).addKeyValue(key);
    }

    /** The earliest expiry of its certificates. */
    Instant expiry() {
        return certificates().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * Checks that key and certificate match: TLS itself would fail only at each handshake, and show that only to the
     * clients.
     */
    private boolean isPair() {
        return PemFile.pkcs8(key.getBytes())
                .map(bytes -> isPair(certificates().iterator().next().getPublicKey(), new PKCS8EncodedKeySpec(bytes)))
                .orElse(true);
    }

    private static boolean isPair(PublicKey certified, PKCS8EncodedKeySpec key) {
        String algorithm = certified.getAlgorithm();
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> algorithm;
                    });
            signature.initSign(KeyFactory.getInstance(algorithm).generatePrivate(key));
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (NoSuchAlgorithmException undecidable) {
            return true;
        } catch (GeneralSecurityException mismatch) {
            return false;
        }
    }

    private Collection<X509Certificate> certificates() {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(chain.getBytes()))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new IllegalStateException("they were read before", e);
        }
    }
}
