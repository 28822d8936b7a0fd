package io.revoker.http.pages;

import io.revoker.http.ProblemDetails;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a request pass that the console itself has sent, and refuses those of other pages. A browser says with {@code
 * Sec-Fetch-Site} and {@code Origin} which page sends it, and another page can't add the header {@value #HEADER}
 * without being asked first (Fetch, section 3.2.2). The cookie alone would not be sent for another site, but it would
 * be for another port of the same host.
 */
final class SameOrigin implements Handler<RoutingContext> {
    static final String HEADER = "Revoker-Console";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    @Override
    public void handle(RoutingContext request) {
        if (isOwn(request.request())) {
            request.next();
        } else {
            new ProblemDetails(
                            403,
                            "request: of another page (expected: the console's own, with the header " + HEADER + ")")
                    .send(request);
        }
    }

    private static boolean isOwn(HttpServerRequest request) {
        boolean sameSite =
                header(request, "Sec-Fetch-Site").map("same-origin"::equals).orElse(true);
        boolean sameOrigin = header(request, HttpHeaders.ORIGIN)
                .map(origin -> names(origin, request))
                .orElse(true);
        boolean marked = READS.contains(request.method()) || request.headers().contains(HEADER);
        return sameSite && sameOrigin && marked;
    }

    /** Whether an origin names the host that the request is for. A proxy in front passes that on. */
    private static boolean names(String origin, HttpServerRequest request) {
        String own = Objects.toString(request.authority(), "").toLowerCase(Locale.ROOT);
        String theirs = origin.toLowerCase(Locale.ROOT);
        return theirs.startsWith("https://")
                ? bare(theirs.substring("https://".length()), ":443").equals(bare(own, ":443"))
                : theirs.startsWith("http://")
                        && bare(theirs.substring("http://".length()), ":80").equals(bare(own, ":80"));
    }

    private static String bare(String authority, String port) {
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    private static Optional<String> header(HttpServerRequest request, CharSequence name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
