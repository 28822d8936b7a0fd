package io.revoker.wiring;

import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.wiring.StartFaults.StartRefused;
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
 * The certificate of the listener for clients and its private key, as their files held them at one time.
 *
 * @param chain PEM: the certificate, followed by those of its issuers
 * @param key PEM: the private key of the first
 */
record ServerCertificate(Buffer chain, Buffer key) {
    private static final byte[] PROBE = new byte[32];

    /** Absent if TLS is off. Blocks while it reads; throws {@link StartRefused} with the faults of the files. */
    static Optional<ServerCertificate> read(ServerTlsConfig tls) {
        return tls.enabled()
                ? Optional.of(read(tls.certificate().orElseThrow(), tls.key().orElseThrow()))
                : Optional.empty();
    }

    private static ServerCertificate read(Path chain, Path key) {
        List<String> faults = Stream.of(
                        PemFile.CERTIFICATES.fault("http.tls.certificate", chain),
                        PemFile.PRIVATE_KEY.fault("http.tls.key", key))
                .flatMap(Optional::stream)
                .toList();
        if (!faults.isEmpty()) {
            throw new StartRefused(faults);
        }
        ServerCertificate read = new ServerCertificate(content(chain), content(key));
        if (!read.isPair()) {
            throw new StartRefused(List.of("http.tls.key: " + key + " (expected: the key of " + chain + ")"));
        }
        return read;
    }

    private static Buffer content(Path file) {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new StartRefused(List.of("http.tls: " + file + " (expected: a readable file)"));
        }
    }

    /** As Vert.x wants them. */
    PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(chain).addKeyValue(key);
    }

    /** When the first of its certificates ends. */
    Instant expiry() {
        return certificates().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** TLS itself would tell only its clients, at each handshake. */
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
        } catch (NoSuchAlgorithmException nobodyKnows) {
            return true;
        } catch (GeneralSecurityException another) {
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
