package io.revoker.bench;

import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tokens of one realm, numbered from 0, and what is said of them on the wire. Each has a user, no client and no scope.
 *
 * @param perUser grants that a user has
 */
record TokenSet(String realm, Form form, int perUser) {

    /** What a grant consists of. */
    enum Form {
        LONE,
        PAIR
    }

    String access(int grant) {
        return realm + "-access-token-" + digits(grant);
    }

    int tokensPerGrant() {
        return form == Form.LONE ? 1 : 2;
    }

    /** The body of a registration. */
    String registration(int grant) {
        String refresh =
                form == Form.LONE ? "" : "\"refresh_token\":\"" + realm + "-refresh-token-" + digits(grant) + "\",";
        return "{\"realm_name\":\"" + realm + "\",\"username\":\"user-" + realm + '-' + grant / perUser + "\","
                + refresh + "\"access_token\":\"" + access(grant) + "\",\"expires_in\":3600}";
    }

    Buffer registrationRequest(int grant) {
        return withBody("POST /v1/tokens", "application/json", registration(grant));
    }

    Template checkRequest() {
        return new Template(
                "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + realm + "-access-token-",
                "\r\n\r\n");
    }

    Template introspectionRequest() {
        String body = "token=" + access(0);
        String request = withBody("POST /oauth2/introspect", "application/x-www-form-urlencoded", body)
                .toString();
        return new Template(request.substring(0, request.length() - Template.DIGITS), "");
    }

    /** The body of an invalidation. */
    String invalidation(int grant) {
        return "{\"token\":\"" + access(grant) + "\"}";
    }

    Buffer invalidationRequest(int grant) {
        return withBody("DELETE /_security/oauth2/token", "application/json", invalidation(grant));
    }

    /** Of all tokens of the realm. */
    Buffer realmRevocation(String query) {
        return withBody(
                "DELETE /_security/oauth2/token" + query, "application/json", "{\"realm_name\":\"" + realm + "\"}");
    }

    /** Of all tokens of the user that a grant is for. */
    Buffer userRevocation(int grant) {
        return withBody(
                "DELETE /_security/oauth2/token",
                "application/json",
                "{\"username\":\"user-" + realm + '-' + grant / perUser + "\"}");
    }

    /** A batch of checks, from that grant on. */
    Buffer batchRequest(int grant, int size) {
        return batchRequest(IntStream.range(grant, grant + size).mapToObj(this::access));
    }

    /** A batch of checks of any tokens. */
    static Buffer batchRequest(Stream<String> tokens) {
        String quoted = tokens.map(token -> '"' + token + '"').collect(Collectors.joining(","));
        return withBody("POST /v1/checks", "application/json", "{\"tokens\":[" + quoted + "]}");
    }

    private static String digits(int grant) {
        String digits = Integer.toString(grant);
        return "0".repeat(Template.DIGITS - digits.length()) + digits;
    }

    private static Buffer withBody(String line, String type, String body) {
        return Buffer.buffer(line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }
}
