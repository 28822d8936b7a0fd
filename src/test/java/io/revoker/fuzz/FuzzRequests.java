package io.revoker.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Requests that a stranger, a scanner or a broken client might send. The same seed makes the same requests. */
public final class FuzzRequests {
    private static final List<String> METHODS = List.of(
            "GET", "POST", "POST", "POST", "DELETE", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH", "TRACE", "FOO");
    private static final List<String> PATHS = List.of(
            "/v1/tokens",
            "/v1/check",
            "/v1/check/a/b",
            "/v1/checks",
            "/v1/revocations",
            "/oauth2/introspect",
            "/k8s/tokenreview",
            "/oauth2/revoke",
            "/_security/oauth2/token",
            "/_security/oauth2/token/",
            "/_security/oauth2/token/_invalidate",
            "/_security/user",
            "/_xpack/security/oauth2/token",
            "/",
            "/openapi.yaml",
            "/v1/tokens/../check",
            "//v1//check",
            "/%2e%2e/v1/check",
            "/v1/%zz",
            "/%c0%af%00",
            "*",
            "http://a/v1/check");
    private static final List<String> QUERIES = List.of(
            "pretty",
            "format=yaml",
            "format=cbor",
            "filter_path=-a.*,**.b",
            "error_trace=maybe",
            "human=",
            "wait_for_completion=x",
            "a=%zz",
            "%=&&=",
            "refresh",
            "x[]=1");
    private static final List<String> NAMES = List.of(
            "Accept",
            "Authorization",
            "Authorization",
            "Content-Type",
            "Revoker-Authorization",
            "X-Opaque-Id",
            "es-security-runas-user",
            "Expect",
            "Cookie",
            "Origin",
            "Range",
            "If-None-Match",
            "X-Forwarded-For",
            "Accept-Encoding",
            "Content-Encoding",
            "X-HTTP-Method-Override");
    private static final List<String> VALUES = List.of(
            "application/json",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "application/yaml",
            "application/cbor",
            "application/smile",
            "application/vnd.elasticsearch+json;compatible-with=8",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/json; charset=\"",
            "text/plain",
            "Bearer a1",
            "Bearer",
            "Bearer  ,",
            "Basic YTpi",
            "Basic !!!",
            "ApiKey YTpi",
            "Basic",
            "100-continue",
            "*/*;q=x",
            "gzip",
            "");

    private final Random random;
    private final Bodies bodies;

    public FuzzRequests(long seed) {
        this.random = new Random(seed);
        this.bodies = new Bodies(random);
    }

    /** A request whose end a server can tell. */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    public record Framed(String method, byte[] bytes) {}

    /** Well-framed HTTP/1.1 on a connection that stays open, whatever else is wrong with it. */
    public Framed framed() {
        String method = pick(METHODS);
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target()).append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (int headers = random.nextInt(5); headers > 0; headers--) {
            head.append(pick(NAMES)).append(": ").append(value()).append("\r\n");
        }
        if (random.nextBoolean()) {
            head.append("Content-Type: ").append(VALUES.get(random.nextInt(6))).append("\r\n");
        }
        byte[] body = random.nextInt(4) == 0 ? new byte[0] : bodies.next();
        return new Framed(method, random.nextInt(4) == 0 ? chunked(head, body) : sized(head, body));
    }

    /** Anything at all. */
    public byte[] malformed() {
        if (random.nextInt(8) == 0) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = framed().bytes();
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
            bytes = bodies.changed(bytes);
        }
        return bytes;
    }

    private String target() {
        String path = pick(PATHS);
        if (random.nextInt(4) == 0) {
            path += "/" + visible(6).replace("?", "");
        }
        return random.nextInt(3) == 0 ? path + "?" + pick(QUERIES) + "&" + pick(QUERIES) + visible(4) : path;
    }

    private String value() {
        return random.nextInt(4) == 0 ? visible(20) : pick(VALUES);
    }

    private String visible(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('!' + random.nextInt(94)));
        }
        return text.toString();
    }

    private static byte[] sized(StringBuilder head, byte[] body) {
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        return joined(head.toString(), body, "");
    }

    private static byte[] chunked(StringBuilder head, byte[] body) {
        head.append("Transfer-Encoding: chunked\r\n\r\n");
        if (body.length == 0) {
            return joined(head + "0\r\n\r\n", body, "");
        }
        return joined(head + Integer.toHexString(body.length) + "\r\n", body, "\r\n0\r\n\r\n");
    }

    private static byte[] joined(String head, byte[] body, String tail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(ISO_8859_1));
        out.writeBytes(body);
        out.writeBytes(tail.getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
