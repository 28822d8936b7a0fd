package io.revoker.config;

/**
 * Every setting. The sections, their units and their defaults are described in {@code revoker.yaml}; names there are those here in
 * kebab-case.
 */
public record Configuration(
        Http http,
        Management management,
        Elasticsearch elasticsearch,
        Clients clients,
        Tokens tokens,
        Checks check,
        Redis redis,
        Sweep sweep,
        Log log,
        Runtime runtime,
        Logging logging) {

    public Configuration {
        boolean sharesHost = http.host().equals(management.host());
        new Requirements()
                .that(
                        "management.port",
                        management.port(),
                        port -> port == 0 || port != http.port() || !sharesHost,
                        "another port than http.port, or another host")
                .check();
    }
}
