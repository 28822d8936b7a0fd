package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signs reports as GitHub's secret scanning does, and serves its keys as api.github.com/meta/public_keys/secret_scanning
 * does: one is GitHub's own, one of another curve, and one is that which signs here.
 */
public final class GitHub implements AutoCloseable {
    public static final String KEY_HEADER = "Github-Public-Key-Identifier";
    public static final String SIGNATURE_HEADER = "Github-Public-Key-Signature";
    public static final String KEY = "ours";
    /** That of the example of GitHub's documentation. */
    public static final String GITHUBS_KEY = "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c";

    private final KeyPair pair = pair("secp256r1");
    private final AtomicInteger fetches = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    private GitHub() {
        this.server = get(vertx.createHttpServer()
                .requestHandler(request -> {
                    fetches.incrementAndGet();
                    request.response().end(published());
                })
                .listen(0, "127.0.0.1"));
    }

    /** One with a key that nobody else has. */
    public static GitHub start() {
        return new GitHub();
    }

    /** The options of a service that takes its reports, and fetches keys again only if it must. */
    public List<String> options() {
        return List.of(
                "--leaks.github-keys=http://127.0.0.1:" + server.actualPort() + "/meta/public_keys/secret_scanning",
                "--leaks.allow-private-addresses=true",
                "--realms.unknown-key-interval=1h",
                "--realms.refresh=1d");
    }

    /** How often the keys were fetched. */
    public int fetches() {
        return fetches.get();
    }

    public String sign(String report) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(report.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        get(vertx.close());
    }

    private String published() {
        return "{\"public_keys\":["
                + key(
                        GITHUBS_KEY,
                        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\\n"
                                + "AjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==")
                + "," + key("other-curve", base64(pair("secp384r1"))) + "," + key(KEY, base64(pair)) + "]}";
    }

    private static String key(String id, String base64) {
        return "{\"key_identifier\":\"" + id + "\",\"key\":\"-----BEGIN PUBLIC KEY-----\\n" + base64
                + "\\n-----END PUBLIC KEY-----\\n\",\"is_current\":true}";
    }

    private static String base64(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    private static KeyPair pair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
