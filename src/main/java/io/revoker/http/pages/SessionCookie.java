package io.revoker.http.pages;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cookie with the secret of a session. It has no path: so a browser sends it below the directory of the route that
 * sets it, which is that of the console, whatever a proxy puts in front. No script can read it.
 */
final class SessionCookie {
    private static final String NAME = "revoker-console";

    /** A browser takes it over TLS only. */
    private static final String SECURE_NAME = "__Secure-" + NAME;

    /** Of 32 bytes in base64url. No other text is looked up. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private SessionCookie() {}

    /** The secret; empty without a cookie that has the form of one. */
    static Optional<String> of(HttpServerRequest request) {
        return Stream.of(SECURE_NAME, NAME)
                .flatMap(name -> Optional.ofNullable(request.getCookie(name)).stream())
                .map(Cookie::getValue)
                .filter(SECRET.asMatchPredicate())
                .findFirst();
    }

    static void set(HttpServerRequest request, String secret, Duration age) {
        boolean secure = isEncrypted(request);
        add(request, Cookie.cookie(secure ? SECURE_NAME : NAME, secret).setSecure(secure), age);
    }

    static void remove(HttpServerRequest request) {
        boolean secure = isEncrypted(request);
        for (String name : secure ? List.of(SECURE_NAME, NAME) : List.of(NAME)) {
            add(request, Cookie.cookie(name, "").setSecure(secure), Duration.ZERO);
        }
    }

    private static void add(HttpServerRequest request, Cookie cookie, Duration age) {
        request.response()
                .headers()
                .add(
                        HttpHeaders.SET_COOKIE,
                        cookie.setHttpOnly(true)
                                .setSameSite(CookieSameSite.STRICT)
                                .setMaxAge(age.toSeconds())
                                .encode());
    }

    /** Between the browser and us, or a proxy in front: the browser says how it has loaded the page. */
    private static boolean isEncrypted(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return request.isSSL() || (origin != null && origin.startsWith("https://"));
    }
}
