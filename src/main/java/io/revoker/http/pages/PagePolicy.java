package io.revoker.http.pages;

import io.vertx.core.http.HttpServerResponse;

/**
 * What a page may load and do (Content Security Policy, level 3): nothing from elsewhere, no script and no style in
 * its text, and in no frame.
 */
enum PagePolicy {
    /** Of a page without scripts. */
    TEXT("default-src 'none'; style-src 'self'; img-src 'self'"),
    /** Of the console, whose scripts make no markup of texts. */
    CONSOLE("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'");

    private static final String EVERYWHERE = "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String directives;

    PagePolicy(String directives) {
        this.directives = directives + EVERYWHERE;
    }

    void apply(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", directives)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
