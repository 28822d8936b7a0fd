package io.revoker;

/** Requests as they are on the wire. */
final class Requests {
    static final String TOKENS = "/v1/tokens";
    static final String INVALIDATE = "/_security/oauth2/token";
    static final String REVOCATIONS = "/v1/revocations";
    static final String CHECKS = "/v1/checks";
    static final String INTROSPECT = "/oauth2/introspect";
    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String NDJSON = "application/x-ndjson";

    private Requests() {}

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    static String check(String token) {
        return "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }

    static String register(String token) {
        return body("POST", TOKENS, JSON, registration(token));
    }

    static String registration(String token) {
        return "{\"realm_name\":\"r\",\"username\":\"u\",\"access_token\":\"" + token + "\"}";
    }

    static String register(String realm, String user, String token) {
        return body(
                "POST",
                TOKENS,
                JSON,
                "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"access_token\":\"" + token + "\"}");
    }

    static String invalidateRealm(String realm) {
        return body("DELETE", INVALIDATE, JSON, "{\"realm_name\":\"" + realm + "\"}");
    }

    static String beginSweep(String realm) {
        return body("DELETE", INVALIDATE + "?wait_for_completion=false", JSON, "{\"realm_name\":\"" + realm + "\"}");
    }

    static String invalidate(String token) {
        return body("DELETE", INVALIDATE, JSON, "{\"token\":\"" + token + "\"}");
    }

    static String introspect(String token) {
        return body("POST", INTROSPECT, FORM, "token=" + token);
    }

    static String revokeAll(String token) {
        return body(
                "POST", REVOCATIONS, NDJSON, "{\"token\":\"" + token + "\"}\n{\"refresh_token\":\"" + token + "\"}\n");
    }

    static String checkAll(String token) {
        return body("POST", CHECKS, JSON, "{\"tokens\":[\"" + token + "\"]}");
    }

    static String body(String method, String path, String type, String body) {
        return head(method, path, type, "Content-Length: " + body.length()) + body;
    }

    static String chunked(String method, String path, String type, String body) {
        return head(method, path, type, "Transfer-Encoding: chunked") + Integer.toHexString(body.length()) + "\r\n"
                + body + "\r\n0\r\n\r\n";
    }

    static String head(String method, String path, String type, String framing) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\n" + framing
                + "\r\n\r\n";
    }
}
