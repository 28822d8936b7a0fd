package io.revoker.http.pages;

import io.revoker.http.AsyncAnswer;
import io.revoker.http.MethodNotAllowed.ReadOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** {@code GET /docs}: the description of the API, as a page without scripts. */
public final class DocsRoutes implements Routes {
    private static final String PATH = "/docs";
    private static final String FOLDER = "/io/revoker/pages/docs";
    private static final Map<String, PageFile> FILES = Map.of(
            "/pages.css", PageFile.read(FOLDER + "/pages.css"), "/icon.svg", PageFile.read(FOLDER + "/icon.svg"));

    private final Vertx vertx;

    public DocsRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void mount(Router router) {
        ReadOnly.mount(router, PATH + "/*", this::answer);
    }

    private void answer(RoutingContext request) {
        String rest = request.normalizedPath().substring(PATH.length());
        if (rest.isEmpty()) {
            AsyncAnswer.by(
                    request, vertx.executeBlocking(DocsRoutes::page), page -> page.send(request, PagePolicy.TEXT));
            return;
        }
        Optional.ofNullable(FILES.get(rest))
                .ifPresentOrElse(
                        file -> file.send(request, PagePolicy.TEXT),
                        () -> new ProblemDetails(404, "path: no such resource").send(request));
    }

    private static PageFile page() {
        return Rendered.PAGE;
    }

    /** Rendered when it is first asked for: that takes some tenths of a second. */
    private static final class Rendered {
        private static final PageFile PAGE = PageFile.html(ApiPage.ofService().html());
    }
}
