package io.revoker.http.pages;

import io.revoker.http.Answer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A file for a browser, which keeps it and asks each time by its {@code ETag} whether it has changed. */
@SuppressWarnings("ArrayRecordComponent") // files are sent, never compared
record PageFile(String type, byte[] body, String tag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    static PageFile of(String type, byte[] body) {
        return new PageFile(type, body, Answer.tag(body));
    }

    static PageFile html(String text) {
        return of("text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** One of the class path, whose type its name tells. */
    static PageFile read(String resource) {
        return read(resource, resource.substring(resource.lastIndexOf('.') + 1));
    }

    /** One of the class path, whose name does not tell its type. */
    static PageFile read(String resource, String extension) {
        String type = TYPES.get(extension);
        try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
            if (in == null || type == null) {
                throw new IllegalStateException(resource + ": not on the class path, or of no known type");
            }
            return of(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the response. */
    void send(RoutingContext request, PagePolicy policy) {
        policy.apply(request.response());
        Answer.cached(request, type, body, tag, "no-cache");
    }
}
