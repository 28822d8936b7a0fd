package io.revoker.http.openapi;

import io.revoker.http.Answer;
import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.revoker.http.Routes;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * {@code GET /openapi.yaml}: the description of every route, OpenAPI 3.1; {@code GET /asyncapi.yaml}: that of what is
 * published and asked by messages, AsyncAPI 3.
 */
public final class OpenApiRoutes implements Routes {
    private static final List<String> PATHS = List.of("/openapi.yaml", "/asyncapi.yaml");

    @Override
    public void mount(Router router) {
        PATHS.forEach(path -> mount(router, path));
    }

    private static void mount(Router router, String path) {
        Buffer description = read(path);
        ReadOnly.mount(router, path, request -> Answer.send(request, 200, "application/yaml", description));
    }

    private static Buffer read(String path) {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + ": not on the class path");
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
