package io.revoker.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JWTs as an authorization server would make them, but without a valid signature. */
public final class Jwts {
    private Jwts() {}

    /** One that is like no other. */
    public static String of(String claims) {
        return "eyJhbGciOiJFUzI1NiJ9." + base64("{\"nonce\":\"" + Api.fresh("n") + "\"," + claims + "}")
                + ".c2lnbmF0dXI";
    }

    /** As its parts are written. */
    public static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As its parts are written, whatever they are. */
    public static String base64(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }
}
