package io.revoker.config;

import io.revoker.config.values.Requirements;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What OAuth clients see.
 *
 * @param issuer identifies this service in its metadata; without it there are none
 * @param revokePair whether a refresh token that is revoked takes its access token along
 * @param clientSecretPost whether clients may send their secret in the form
 */
public record OAuthConfig(Optional<String> issuer, boolean revokePair, boolean clientSecretPost) {
    /** Proxies decode others, or shorten them: clients would see another issuer than they asked. */
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*+/?");

    public OAuthConfig {
        new Requirements()
                .that(
                        "issuer",
                        issuer.orElse(""),
                        text -> text.isEmpty() || isIssuer(text),
                        "https://host, with or without port and a path of letters, digits, - . _ and ~, without query and fragment")
                .check();
    }

    /** RFC 8414, section 2; without TLS, most clients accept none. */
    private static boolean isIssuer(String text) {
        try {
            URI uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() <= 65_535
                    && PATH.matcher(uri.getRawPath()).matches()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
