package io.revoker.config;

import io.revoker.config.values.Requirements;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Who may report leaked tokens without being a client.
 *
 * @param githubKeys URL of the keys with which GitHub's secret scanning signs its reports; absent if it may not report
 * @param allowPrivateAddresses whether the host of that URL may have a loopback, private or link-local address
 */
public record LeaksConfig(Optional<String> githubKeys, boolean allowPrivateAddresses) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public LeaksConfig {
        new Requirements()
                .that(
                        "github-keys",
                        githubKeys.orElse(""),
                        text -> text.isEmpty() || isSafe(text),
                        "https://host[:port]/path, or http on a loopback address")
                .check();
    }

    /** Who can change the keys on their way can report every token as leaked. */
    private static boolean isSafe(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() != null
                    && ("https".equals(url.getScheme())
                            || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost())))
                    && url.getUserInfo() == null
                    && url.getFragment() == null
                    && url.getPort() <= 65_535;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
