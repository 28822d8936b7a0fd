package io.revoker.http.openapi;

import io.revoker.http.Answer;
import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.revoker.http.Routes;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.yaml}: the description of every route, OpenAPI 3.1. */
public final class OpenApiRoutes implements Routes {
    private static final String PATH = "/openapi.yaml";

    @Override
    public void mount(Router router) {
        Buffer description = read();
        ReadOnly.mount(router, PATH, request -> Answer.send(request, 200, "application/yaml", description));
    }

    private static Buffer read() {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream(PATH)) {
            if (in == null) {
                throw new IllegalStateException(PATH + ": not on the class path");
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
