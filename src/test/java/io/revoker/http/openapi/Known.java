package io.revoker.http.openapi;

import io.revoker.testing.Api;
import io.revoker.testing.GitHub;
import io.revoker.testing.Issuer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The clients of the service under test. */
enum Known {
    OPS("ops", "[admin]", ""),
    AUTHORIZATION_SERVER("as1", "[register]", "[corp]"),
    HELP_DESK("help-desk", "[invalidate]", "[corp]"),
    GATEWAY("gateway", "[check]", "");

    /** The provider of the realm sso. */
    static final Issuer PROVIDER = Issuer.named("https://login.example/sso");

    /** Whose reports are taken; it ends with the test run. */
    static final GitHub GITHUB = GitHub.start();

    private final String id;
    private final String privileges;
    private final String realms;

    Known(String id, String privileges, String realms) {
        this.id = id;
        this.privileges = privileges;
        this.realms = realms;
    }

    static String clients() {
        StringBuilder yaml = new StringBuilder("clients:\n");
        for (Known client : values()) {
            yaml.append("  - id: ").append(client.id).append("\n    secret: \"sha256:");
            yaml.append(sha256(client.secret())).append("\"\n    privileges: ").append(client.privileges);
            yaml.append(client.realms.isEmpty() ? "\n" : "\n    realms: " + client.realms + "\n");
        }
        return yaml.toString();
    }

    /** Of the realm sso, whose tokens must be registered. */
    static String realms(Path keys) {
        return "realms:\n  sso: {issuer: '" + PROVIDER.name() + "', jwks: '" + keys
                + "', registered: required, logout-audience: [revoker], events-audience: [revoker],"
                + " revocation-audience: [revoker]}\n"
                + "  named: {issuer: 'https://login.example/named', jwks: '" + keys
                + "', registered: required, username-claim: preferred_username}\n";
    }

    /** With which the provider signs a request for a revocation. */
    static String signedRequest() {
        long now = System.currentTimeMillis() / 1000;
        return PROVIDER.sign(
                "ES256",
                "{\"typ\":\"global-token-revocation+jwt\",\"alg\":\"ES256\",\"kid\":\"ec\"}",
                "{\"iss\":\"" + PROVIDER.name() + "\",\"aud\":\"revoker\",\"jti\":\"" + Api.fresh("jti") + "\",\"iat\":"
                        + now + ",\"exp\":" + (now + 300) + "}");
    }

    String basic() {
        return "Basic " + base64(id + ":" + secret());
    }

    String apiKey() {
        return "ApiKey " + base64(id + ":" + secret());
    }

    String basicWithWrongSecret() {
        return "Basic " + base64(id + ":wrong");
    }

    private String secret() {
        return "a-long-random-secret-of-" + id;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
