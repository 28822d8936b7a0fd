package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for localhost, in files and for clients of this process. */
public final class Certificate {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path directory;
    private final KeyStore store;

    private Certificate(Path directory, KeyStore store) {
        this.directory = directory;
        this.store = store;
    }

    public static Certificate make(Path directory) {
        return make(directory, "EC");
    }

    /**
     * The same with a key of another kind.
     *
     * @param algorithm EC, RSA or Ed25519
     */
    public static Certificate make(Path directory, String algorithm) {
        return make(directory, algorithm, "CN=localhost", "dns:localhost,ip:127.0.0.1");
    }

    /**
     * The same for another name.
     *
     * @param alternatives such as {@code dns:localhost,ip:127.0.0.1}
     */
    public static Certificate make(Path directory, String algorithm, String subject, String alternatives) {
        try {
            SelfSigned fresh = SelfSigned.make(algorithm, subject, alternatives);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("it", fresh.keys().getPrivate(), PASSWORD, new X509Certificate[] {fresh.certificate()});
            Certificate made = new Certificate(Files.createDirectories(directory), store);
            made.write("cert.pem", "CERTIFICATE", fresh.certificate().getEncoded());
            made.write("key.pem", "PRIVATE KEY", fresh.keys().getPrivate().getEncoded());
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PEM. */
    public Path certificate() {
        return directory.resolve("cert.pem");
    }

    /** PEM, PKCS #8. */
    public Path key() {
        return directory.resolve("key.pem");
    }

    public Instant end() {
        try {
            return ((X509Certificate) store.getCertificate("it")).getNotAfter().toInstant();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a client that trusts this certificate and no other. */
    public SSLContext trust() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a client that shows this certificate, and trusts that of a server and no other. */
    public SSLContext showingTo(Certificate server) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(server.store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, String kind, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                directory.resolve(name), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
