package io.revoker.http.request;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The content coding that a body declares (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4">RFC 9110,
 * section 8.4</a>). A body that is read as a whole may be compressed once, with gzip, and is bounded after its
 * inflation as well; a stream may not be compressed. A body that declares any other coding is refused with 415 even if
 * it could be read, because its sender means something else by it.
 */
public final class ContentCoding {
    public static final String GZIP = "gzip";
    private static final String IDENTITY = "identity";

    private ContentCoding() {}

    /** Whether the body is not compressed. */
    public static boolean isIdentity(HttpServerRequest request) {
        return codings(request).isEmpty();
    }

    static boolean isGzip(HttpServerRequest request) {
        return codings(request).equals(List.of(GZIP));
    }

    /** Whether a {@link BodyReader} returns the body as its sender means it. */
    public static boolean isReadable(HttpServerRequest request) {
        return isIdentity(request) || isGzip(request);
    }

    /** Adds the accepted coding to the refusal (RFC 9110, section 15.5.16). */
    public static void announceGzip(RoutingContext refused) {
        refused.response().putHeader(HttpHeaders.ACCEPT_ENCODING, GZIP);
    }

    /** The same for a stream. */
    public static void announceIdentity(RoutingContext refused) {
        refused.response().putHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
    }

    /** Without those that change nothing; {@code x-gzip} is an old name of gzip (RFC 9110, section 8.4.1.3). */
    private static List<String> codings(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.CONTENT_ENCODING).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals(IDENTITY))
                .map(coding -> coding.equals("x-gzip") ? GZIP : coding)
                .toList();
    }
}
