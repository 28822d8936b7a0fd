package io.revoker.http;

import io.revoker.http.request.BodyCharset;
import io.revoker.http.request.ContentCoding;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A path that takes POST with a body of certain types, and refuses everything else. */
public final class PostOnly {
    private static final String STREAM = "application/x-ndjson";

    private PostOnly() {}

    /**
     * Mounts it.
     *
     * @param byType handlers, by the media type of the body without parameters
     * @param expected the types, in words
     */
    public static void mount(
            Router router, String path, Map<String, Consumer<RoutingContext>> byType, String expected) {
        mount(router, path, byType, expected, new MethodNotAllowed("POST"));
    }

    /** The same for a path that has other methods too, mounted before. */
    public static void mount(
            Router router,
            String path,
            Map<String, Consumer<RoutingContext>> byType,
            String expected,
            MethodNotAllowed otherwise) {
        read(router, HttpMethod.POST, path, byType, expected);
        router.route(path).handler(otherwise);
    }

    /** The same for another method with a body; other methods are not refused yet. */
    public static void read(
            Router router,
            HttpMethod method,
            String path,
            Map<String, Consumer<RoutingContext>> byType,
            String expected) {
        router.route(method, path)
                .handler(PostOnly::requireReadable)
                .handler(PostOnly::requireUtf8)
                .handler(request -> byType.getOrDefault(type(request), other -> refuseType(other, expected))
                        .accept(request));
    }

    /**
     * Lines of a stream are processed as they arrive, so a stream may not be compressed: what one read of the
     * connection inflates to has no bound.
     */
    private static void requireReadable(RoutingContext request) {
        boolean isStream = type(request).equals(STREAM);
        if (isStream ? ContentCoding.isIdentity(request.request()) : ContentCoding.isReadable(request.request())) {
            request.next();
        } else if (isStream) {
            ContentCoding.announceIdentity(request);
            new ProblemDetails(415, "Content-Encoding: expected none, a stream is not inflated").send(request);
        } else {
            ContentCoding.announceGzip(request);
            new ProblemDetails(415, "Content-Encoding: expected gzip or none").send(request);
        }
    }

    private static void requireUtf8(RoutingContext request) {
        if (BodyCharset.isUtf8(request.request())) {
            request.next();
        } else {
            new ProblemDetails(415, BodyCharset.EXPECTED).send(request);
        }
    }

    private static void refuseType(RoutingContext request, String expected) {
        new ProblemDetails(415, "Content-Type: expected " + expected).send(request);
    }

    /** Empty if there is none. */
    private static String type(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
