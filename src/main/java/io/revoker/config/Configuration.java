package io.revoker.config;

/**
 * Every setting. The sections, their units and their defaults are described in {@code revoker.yaml}; names there are those here in
 * kebab-case.
 */
public record Configuration(
        HttpConfig http,
        ManagementConfig management,
        ElasticsearchConfig elasticsearch,
        ClientsConfig clients,
        TokensConfig tokens,
        CheckConfig check,
        RedisConfig redis,
        SweepConfig sweep,
        LogConfig log,
        RuntimeConfig runtime,
        ReloadConfig reload,
        LoggingConfig logging,
        TracingConfig tracing) {

    public Configuration {
        boolean sharesHost = http.host().equals(management.host());
        new Requirements()
                .that(
                        "management.port",
                        management.port(),
                        port -> port == 0 || port != http.port() || !sharesHost,
                        "another port than http.port, or another host")
                .that(
                        "redis.durability.replica-timeout",
                        redis.durability().replicaTimeout(),
                        timeout -> redis.durability().replicas() == 0
                                || timeout.multipliedBy(4).compareTo(http.requestTimeout()) <= 0,
                        "at most a quarter of http.request-timeout, " + Texts.quote(http.requestTimeout())
                                + ", because redis.durability.replicas is not 0")
                .check();
    }
}
