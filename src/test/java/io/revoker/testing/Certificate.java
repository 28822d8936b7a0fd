package io.revoker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for localhost, made with the JDK's keytool. */
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
     * @param algorithm as keytool calls it
     */
    public static Certificate make(Path directory, String algorithm) {
        return make(directory, algorithm, "CN=localhost", "dns:localhost,ip:127.0.0.1");
    }

    /**
     * The same for another name.
     *
     * @param alternatives as keytool calls them, such as {@code dns:localhost}
     */
    public static Certificate make(Path directory, String algorithm, String subject, String alternatives) {
        try {
            Path file = Files.createDirectories(directory).resolve("store.p12");
            run(directory, keytool(file, algorithm, subject, alternatives));
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            Certificate made = new Certificate(directory, store);
            made.write("cert.pem", "CERTIFICATE", store.getCertificate("it").getEncoded());
            made.write("key.pem", "PRIVATE KEY", store.getKey("it", PASSWORD).getEncoded());
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

    private static List<String> keytool(Path store, String algorithm, String subject, String alternatives) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "it",
                "-keyalg",
                algorithm,
                "-dname",
                subject,
                "-ext",
                "SAN=" + alternatives);
    }

    private static void run(Path directory, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.out").toFile())
                .start();
        if (Processes.awaitEnd(process) != 0) {
            throw new IOException(Files.readString(directory.resolve("keytool.out")));
        }
    }
}
