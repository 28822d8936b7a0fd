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
import io.revoker.config.FeedConfig;
import io.revoker.config.GrpcConfig;
import io.revoker.config.HttpConfig;
import io.revoker.config.HttpConfig.ConsoleConfig;
import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.config.RealmsConfig;
import io.revoker.config.RedisConfig;
import io.revoker.config.RedisConfig.DurabilityConfig;
import io.revoker.config.RedisConfig.EmbeddedConfig;
import io.revoker.config.RedisConfig.RedisTlsConfig;
import io.revoker.config.SweepConfig;
import io.revoker.config.TokensConfig;
import io.revoker.config.TracingConfig;
import io.revoker.config.TracingConfig.OtlpConfig;
import io.revoker.config.values.DataSize;
import io.revoker.config.values.RealmDurations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    private final Configuration defaults = Loading.defaults();

    @Test
    void listensToThisMachineOnly() {
        assertThat(defaults.http())
                .isEqualTo(new HttpConfig(
                        "127.0.0.1",
                        8080,
                        DataSize.ofKibibytes(16),
                        DataSize.ofKibibytes(64),
                        DataSize.ofKibibytes(64),
                        DataSize.ofKibibytes(16),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        10_000,
                        10_000,
                        1024,
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        new ServerTlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty()),
                        new ConsoleConfig(ConsoleConfig.Served.LOOPBACK, Duration.ofHours(8))));
        assertThat(defaults.management()).isEqualTo(new ManagementConfig("127.0.0.1", 8081, true));
        assertThat(defaults.grpc())
                .isEqualTo(new GrpcConfig(false, "127.0.0.1", 8082, DataSize.ofKibibytes(128), 1000));
    }

    @Test
    void looksLikeElasticsearch() {
        assertThat(defaults.elasticsearch()).isEqualTo(new ElasticsearchConfig(true, "7.17.28", "revoker", 404));
    }

    @Test
    void hasNoClientsFile() {
        assertThat(defaults.clients()).isEqualTo(new ClientsConfig(Optional.empty(), Duration.ofSeconds(60), 1000));
    }

    @Test
    void verifiesNoJwts() {
        assertThat(defaults.realms())
                .isEqualTo(new RealmsConfig(
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        100_000));
    }

    @Test
    void limitsTheLifeOfTokens() {
        assertThat(defaults.tokens())
                .isEqualTo(new TokensConfig(
                        Duration.ofMinutes(20),
                        Duration.ofHours(24),
                        Duration.ofHours(24),
                        Duration.ofDays(365),
                        "rva_",
                        "rvr_"));
    }

    @Test
    void letsNoCallerKeepAnAnswer() {
        assertThat(defaults.check())
                .isEqualTo(new CheckConfig(
                        Duration.ZERO,
                        new RealmDurations(Map.of()),
                        false,
                        100_000,
                        1000,
                        DataSize.ofMebibytes(2),
                        new NearCacheConfig(false, 100_000, Duration.ofSeconds(5))));
    }

    @Test
    void runsADurableEmbeddedRedis() {
        assertThat(defaults.redis())
                .isEqualTo(new RedisConfig(
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        16_000,
                        "rv",
                        new RedisTlsConfig(Optional.empty(), Optional.empty(), Optional.empty(), true),
                        new DurabilityConfig(DurabilityConfig.RequiredFsync.ANY, 0, Duration.ofMillis(500)),
                        new EmbeddedConfig(
                                Path.of("data"),
                                0,
                                EmbeddedConfig.FsyncPolicy.ALWAYS,
                                new DataSize(0),
                                Optional.empty(),
                                false),
                        16,
                        0));
    }

    @Test
    void sweepsInBoundedPieces() {
        assertThat(defaults.sweep())
                .isEqualTo(
                        new SweepConfig(800, 50, 16, 1, 1000, 16, 0, Duration.ofSeconds(10), Duration.ofSeconds(25)));
    }

    @Test
    void keepsTheAuditTrail() {
        assertThat(defaults.audit())
                .isEqualTo(new AuditConfig(
                        true,
                        Duration.ofDays(90),
                        DataSize.ofMebibytes(256),
                        Duration.ofMinutes(10),
                        Optional.empty()));
    }

    @Test
    void sendsNoCanary() {
        assertThat(defaults.canary()).isEqualTo(new CanaryConfig(false, Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    @Test
    void hasRoomForAThousandFollowersAndTellsThemTwiceASecond() {
        assertThat(defaults.feed())
                .isEqualTo(new FeedConfig(
                        1000,
                        DataSize.ofMebibytes(8),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(10),
                        Duration.ofDays(1)));
    }

    @Test
    void isInNoCluster() {
        assertThat(defaults.cluster()).isEqualTo(new ClusterConfig(false, "127.0.0.1", 5701, 5710, Optional.empty()));
    }

    @Test
    void hasNoBridge() {
        assertThat(defaults.bridge()).isEqualTo(new BridgeConfig(false, "127.0.0.1", 7000, DataSize.ofKibibytes(256)));
    }

    @Test
    void keepsTheLogForADay() {
        assertThat(defaults.log()).isEqualTo(new LogConfig(Duration.ofDays(1), 0));
    }

    @Test
    void usesEveryProcessor() {
        assertThat(defaults.runtime()).isEqualTo(new RuntimeConfig(0));
    }

    @Test
    void looksForChangesEveryFewSeconds() {
        assertThat(defaults.reload()).isEqualTo(new ReloadConfig(Duration.ofSeconds(5)));
    }

    @Test
    void logsTextAtInfo() {
        assertThat(defaults.logging())
                .isEqualTo(new LoggingConfig(LoggingConfig.Level.INFO, LoggingConfig.Format.TEXT));
    }

    @Test
    void tracesNothing() {
        assertThat(defaults.tracing())
                .isEqualTo(new TracingConfig(
                        new OtlpConfig(
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                2048,
                                512,
                                Duration.ofSeconds(5)),
                        1,
                        "revoker"));
    }
}
