package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A client file for tests. All clients have one secret. */
public final class ClientFiles {
    public static final String SECRET = "a secret of 128 random bits";
    /** May invalidate, everywhere. */
    public static final String OPS = "ops";
    /** May register, everywhere. */
    public static final String ISSUER = "issuer";
    /** May check, everywhere. */
    public static final String GATEWAY = "gateway";
    /** May check refresh tokens too, everywhere. */
    public static final String INSPECTOR = "inspector";
    /** May do everything, everywhere. */
    public static final String ROOT = "root";
    /** May do all of it in the realm corp. */
    public static final String CORP = "corp-admin";

    private ClientFiles() {}

    /** The option that names the file. */
    public static String option() {
        try {
            Path file = RedisServers.directory().resolve("clients.yaml");
            return "--clients.file=" + Files.writeString(file, text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An access token of joe in a realm, that the issuer has registered with a service that has the file. */
    public static String token(RunningService service, String realm) {
        return token(service, realm, "access_token");
    }

    /** A token of that kind of joe in a realm, that the issuer has registered with a service that has the file. */
    public static String token(RunningService service, String realm, String kind) {
        return token(service, realm, "joe", kind);
    }

    /** The same of another user. */
    public static String token(RunningService service, String realm, String user, String kind) {
        return service.call("POST", "/v1/tokens")
                .basic(ISSUER, SECRET)
                .json("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"mint\":[\"" + kind + "\"]}")
                .send()
                .json()
                .required(kind)
                .textValue();
    }

    /** Whether a service that has the file introspects a token as active, refresh tokens too. */
    public static boolean isActive(RunningService service, String token) {
        return service.call("POST", "/oauth2/introspect")
                .basic(INSPECTOR, SECRET)
                .form("token=" + token)
                .send()
                .json()
                .required("active")
                .booleanValue();
    }

    /** The content of the file, to which others may be added. */
    public static String text() {
        return "clients:\n" + client(OPS, "[invalidate]") + client(ISSUER, "[register]") + client(GATEWAY, "[check]")
                + client(INSPECTOR, "[check, introspect-refresh]") + client(ROOT, "[admin]")
                + client(CORP, "[invalidate, register, check, feed, audit]") + "    realms: [corp]\n";
    }

    /**
     * One that signs to prove who it is.
     *
     * @param keys a JWK set, or where one is
     */
    public static String signing(String id, String keys, String privileges) {
        return "  - id: " + id + "\n    jwks: " + keys + "\n    privileges: " + privileges + "\n";
    }

    /** One more of the file, with the same secret. */
    public static String another(String id, String privileges) {
        return client(id, privileges);
    }

    private static String client(String id, String privileges) {
        return "  - id: " + id + "\n    secret: \"sha256:" + sha256() + "\"\n    privileges: " + privileges + "\n";
    }

    private static String sha256() {
        try {
            byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
