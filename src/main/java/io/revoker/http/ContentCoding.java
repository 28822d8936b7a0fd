package io.revoker.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Stream;

/**
 * Bodies are taken as they are: a compressed one could be a thousand times as large as its bound. One that says to be coded is refused with 415 even if
 * it can be read, because its sender means something else by it (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4">RFC 9110, section
 * 8.4</a>).
 */
public final class ContentCoding {
    private static final String IDENTITY = "identity";

    private ContentCoding() {}

    public static boolean isIdentity(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.CONTENT_ENCODING).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase(IDENTITY));
    }

    /** Says in the refusal what would be taken (RFC 9110, section 15.5.16). */
    public static void announce(RoutingContext refused) {
        refused.response().putHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
    }
}
