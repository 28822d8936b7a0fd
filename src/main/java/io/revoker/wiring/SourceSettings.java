package io.revoker.wiring;

import io.revoker.config.SsfConfig.SourceConfig;
import io.revoker.http.events.poll.Source;
import io.revoker.net.HttpTarget;
import java.util.Optional;

/** The transmitter whose events are polled for. */
final class SourceSettings {
    private SourceSettings() {}

    /** Absent if there is none, or if its URL is not usable. */
    static Optional<Source> read(SourceConfig config) {
        return config.url()
                .flatMap(HttpTarget::parse)
                .filter(rule(config)::allows)
                .map(target -> new Source(target, rule(config), config.tokenFile(), config.ca()));
    }

    /** What is wrong with it. */
    static Optional<String> problem(SourceConfig config) {
        return config.url().isPresent() && read(config).isEmpty()
                ? Optional.of(
                        "ssf.source.url: not usable (expected: https://host[:port]/path, at a public address unless"
                                + " ssf.source.allow-private-addresses)")
                : Optional.empty();
    }

    private static HttpTarget.Rule rule(SourceConfig config) {
        return config.allowPrivateAddresses() ? HttpTarget.Rule.ALL_ADDRESSES : HttpTarget.Rule.PUBLIC_ADDRESSES;
    }
}
