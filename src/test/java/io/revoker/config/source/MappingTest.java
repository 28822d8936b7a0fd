package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.AuditConfig;
import io.revoker.config.BridgeConfig;
import io.revoker.config.CanaryConfig;
import io.revoker.config.CheckConfig;
import io.revoker.config.CheckConfig.NearCacheConfig;
import io.revoker.config.ClusterConfig;
import io.revoker.config.Configuration;
import io.revoker.config.Configuration.ClientsConfig;
import io.revoker.config.Configuration.ElasticsearchConfig;
import io.revoker.config.Configuration.LogConfig;
import io.revoker.config.Configuration.LoggingConfig;
import io.revoker.config.Configuration.ManagementConfig;
import io.revoker.config.Configuration.ReloadConfig;
import io.revoker.config.Configuration.RuntimeConfig;
import io.revoker.config.Configuration.SigningConfig;
import io.revoker.config.FeedConfig;
import io.revoker.config.GrpcConfig;
import io.revoker.config.HttpConfig;
import io.revoker.config.HttpConfig.ConsoleConfig;
import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.config.LeaksConfig;
import io.revoker.config.OAuthConfig;
import io.revoker.config.RealmsConfig;
import io.revoker.config.RedisConfig;
import io.revoker.config.RedisConfig.DurabilityConfig;
import io.revoker.config.RedisConfig.EmbeddedConfig;
import io.revoker.config.RedisConfig.RedisTlsConfig;
import io.revoker.config.SsfConfig;
import io.revoker.config.StatusListConfig;
import io.revoker.config.SweepConfig;
import io.revoker.config.TokensConfig;
import io.revoker.config.TracingConfig;
import io.revoker.config.TracingConfig.OtlpConfig;
import io.revoker.config.source.SettingsLayer.Given;
import io.revoker.config.source.YamlSource.YamlReader;
import io.revoker.config.values.DataSize;
import io.revoker.config.values.RealmDurations;
import io.revoker.config.values.Secret;
import io.revoker.testing.Configurations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting, none of them at its default, from each of the sources. */
class MappingTest {
    private static final Configuration EVERYTHING = new Configuration(
            new HttpConfig(
                    "0.0.0.0",
                    9090,
                    DataSize.ofKibibytes(1),
                    DataSize.ofKibibytes(2),
                    DataSize.ofMebibytes(3),
                    DataSize.ofKibibytes(4),
                    Duration.ofSeconds(6),
                    Duration.ofMinutes(7),
                    Duration.ofSeconds(8),
                    9,
                    10,
                    11,
                    Duration.ofSeconds(33),
                    Duration.ofSeconds(12),
                    new ServerTlsConfig(true, path("tls/server.pem"), path("tls/server.key"), path("tls/clients.pem")),
                    new ConsoleConfig(ConsoleConfig.Served.ALWAYS, Duration.ofMinutes(50))),
            new ManagementConfig("10.0.0.1", 9091, false),
            new GrpcConfig(true, "10.0.0.2", 9092, DataSize.ofKibibytes(42), 43),
            new ElasticsearchConfig(false, "7.1.0", "other", 200),
            new ClientsConfig(path("conf/clients.yaml"), Duration.ofSeconds(13), 14),
            new RealmsConfig(
                    path("conf/realms.yaml"),
                    path("/var/lib/revoker/keys"),
                    Duration.ofMinutes(38),
                    Duration.ofSeconds(39),
                    Duration.ofSeconds(40),
                    41),
            new TokensConfig(
                    Duration.ofMinutes(29),
                    Duration.ofHours(15),
                    Duration.ofHours(30),
                    Duration.ofDays(16),
                    "a-",
                    "r-"),
            new CheckConfig(
                    Duration.ofSeconds(17),
                    new RealmDurations(Map.of("corp, inc=", Duration.ofSeconds(44), "partners", Duration.ZERO)),
                    true,
                    31,
                    33,
                    DataSize.ofKibibytes(34),
                    new NearCacheConfig(true, 12_345, Duration.ofSeconds(7))),
            new OAuthConfig(Optional.of("https://auth.example:8443/revoker"), false, true),
            new SigningConfig(path("conf/signing.pem")),
            new LeaksConfig(Optional.of("https://api.github.com/meta/public_keys/secret_scanning"), true),
            new SsfConfig(
                    true,
                    Duration.ofSeconds(45),
                    Duration.ofSeconds(46),
                    new SsfConfig.PushConfig(
                            Duration.ofSeconds(47),
                            Duration.ofMinutes(48),
                            path("tls/receivers.pem"),
                            path("conf/receivers.keys"),
                            true),
                    new SsfConfig.SourceConfig(
                            Optional.of("https://transmitter.example/poll"),
                            path("conf/source.token"),
                            path("tls/transmitter.pem"),
                            true)),
            new StatusListConfig(
                    true, false, Duration.ofSeconds(49), Duration.ofSeconds(4), 4096, 53, Duration.ofMinutes(54)),
            new RedisConfig(
                    Optional.of(new Secret("rediss://app@redis.example:6380/3")),
                    Optional.of(new Secret("pa#ss")),
                    Duration.ofMillis(1800),
                    Duration.ofMillis(18),
                    Duration.ofMillis(190),
                    Duration.ofMillis(20),
                    21,
                    "other",
                    new RedisTlsConfig(path("tls/ca.pem"), path("tls/client.pem"), path("tls/client.key"), false),
                    new DurabilityConfig(DurabilityConfig.RequiredFsync.EVERYSEC, 2, Duration.ofMillis(22)),
                    new EmbeddedConfig(
                            Path.of("/var/lib/revoker"),
                            6390,
                            EmbeddedConfig.FsyncPolicy.EVERYSEC,
                            DataSize.ofMebibytes(1024),
                            Optional.of(Path.of("/opt/redis/bin/redis-server")),
                            true),
                    23,
                    1),
            new SweepConfig(24, 30, 25, 36, 26, 29, 31, Duration.ofSeconds(32), Duration.ofSeconds(33)),
            new LogConfig(Duration.ofDays(27), 34),
            new AuditConfig(
                    false,
                    Duration.ofDays(91),
                    DataSize.ofMebibytes(57),
                    Duration.ofSeconds(11),
                    Optional.of("/var/log/revoker/audit.jsonl")),
            new FeedConfig(
                    44,
                    DataSize.ofMebibytes(45),
                    Duration.ofMillis(460),
                    Duration.ofSeconds(47),
                    Duration.ofSeconds(48)),
            new CanaryConfig(true, Duration.ofSeconds(49), Duration.ofSeconds(6)),
            new ClusterConfig(true, "10.0.0.3", 5702, 5711, Optional.of("10.0.0.4, revoker-cluster:5703")),
            new BridgeConfig(true, "10.0.0.5", 7001, DataSize.ofKibibytes(50)),
            new RuntimeConfig(28),
            new ReloadConfig(Duration.ofSeconds(35)),
            new LoggingConfig(LoggingConfig.Level.DEBUG, LoggingConfig.Format.JSON),
            new TracingConfig(
                    new OtlpConfig(
                            Optional.of("https://collector.example:4318/v1/traces"),
                            Optional.of(new Secret("Authorization=Bearer x=y,X-Tenant=a b")),
                            Duration.ofMillis(35),
                            36,
                            12,
                            Duration.ofSeconds(37)),
                    0.25,
                    "other"));

    private static String yaml;
    private static Map<String, Given> texts;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream input = MappingTest.class.getResourceAsStream("everything.yaml")) {
            yaml = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (InputStream input = MappingTest.class.getResourceAsStream("everything.yaml")) {
            texts = YamlReader.read(input, "everything.yaml", new Schema(Configuration.class))
                    .settings();
        }
    }

    @Test
    void setsEverySettingToSomethingElseThanItsDefault() {
        Schema schema = new Schema(Configuration.class);
        Map<String, String> unchanged = new LinkedHashMap<>();
        YamlSource.defaults(schema).settings().forEach((path, given) -> unchanged.put(path, given.text()));
        unchanged.entrySet().removeIf(setting -> !setting.getValue().equals(text(setting.getKey())));

        assertThat(texts.keySet()).isEqualTo(schema.settings());
        assertThat(unchanged).isEmpty();
    }

    @Test
    void takesEverySettingFromTheFile(@TempDir Path directory) {
        assertThat(Loading.file(directory, yaml)).isEqualTo(EVERYTHING);
    }

    @Test
    void takesEverySettingFromTheEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        texts.forEach((path, given) -> environment.put(EnvironmentSource.name(path), given.text()));

        assertThat(Configurations.of(List.of(), environment)).isEqualTo(EVERYTHING);
    }

    @Test
    void takesEverySettingFromTheCommandLine() {
        String[] options = texts.entrySet().stream()
                .map(setting ->
                        "--" + setting.getKey() + "=" + setting.getValue().text())
                .toArray(String[]::new);

        assertThat(Loading.options(options)).isEqualTo(EVERYTHING);
    }

    private static Optional<Path> path(String text) {
        return Optional.of(Path.of(text));
    }

    private static String text(String path) {
        return Optional.ofNullable(texts.get(path)).map(Given::text).orElse("absent");
    }
}
