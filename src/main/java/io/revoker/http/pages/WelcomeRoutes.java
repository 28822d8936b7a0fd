package io.revoker.http.pages;

import io.revoker.http.Routes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** {@code GET /} for browsers: a page of links. Every other client gets what the next route answers. */
public final class WelcomeRoutes implements Routes {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Revoker</title>
            <link rel="stylesheet" href="docs/pages.css">
            <link rel="icon" href="docs/icon.svg">
            </head>
            <body class="welcome">
            <main>
            <h1>Revoker</h1>
            <p>Makes tokens stop working, now, everywhere.</p>
            <ul class="links">
            %s<li><a href="docs">API</a> <span>every route of this service, with examples</span></li>
            <li><a href="openapi.yaml">openapi.yaml</a> <span>the same for programs</span></li>
            <li><a href="asyncapi.yaml">asyncapi.yaml</a> <span>the feed, the bridge and the event bus</span></li>
            </ul>
            </main>
            </body>
            </html>
            """;
    private static final String CONSOLE =
            "<li><a href=\"console/\">Console</a> <span>find, revoke, lock and watch, in the browser</span></li>\n";

    private final PageFile page;

    private WelcomeRoutes(String links) {
        this.page = PageFile.html(PAGE.formatted(links));
    }

    public static WelcomeRoutes withConsole() {
        return new WelcomeRoutes(CONSOLE);
    }

    public static WelcomeRoutes withoutConsole() {
        return new WelcomeRoutes("");
    }

    @Override
    public void mount(Router router) {
        router.route("/").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext request) {
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        if (accepted != null && accepted.toLowerCase(Locale.ROOT).contains("text/html")) {
            request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
            page.send(request, PagePolicy.TEXT);
        } else {
            request.next();
        }
    }
}
