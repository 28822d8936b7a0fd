package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {
    @ParameterizedTest
    @ValueSource(strings = {"corp", "=5s", "corp=", "corp=5s,", "corp=5s,corp=6s", "corp=soon"})
    void durationsOfRealmsHaveNamesAndEachOnce(String text) {
        assertThat(Loading.faultsOfOptions("--check.realm-max-age=corp=61s"))
                .containsExactly("check.realm-max-age: corp=61s (expected: 0s to 60s for each realm;"
                        + " from --check.realm-max-age)");
        assertThat(Loading.faultsOfOptions("--check.realm-max-age=" + text))
                .containsExactly("check.realm-max-age: " + text + " (expected: name=duration, separated by commas, each"
                        + " name once; from --check.realm-max-age)");
    }

    @ParameterizedTest
    @CsvSource({
        "http.port, -1, 0, 65535, 65536",
        "http.max-initial-line, 1023, 1KiB, 1MiB, 1025KiB",
        "http.max-header-size, 1023, 1KiB, 1MiB, 1025KiB",
        "http.max-body-size, 63, 64, 64MiB, 65MiB",
        "http.max-line-size, 63, 64, 1MiB, 1025KiB",
        "http.header-timeout, 0s, 1ms, 5m, 301s",
        "http.idle-timeout, 0s, 1ms, 1h, 61m",
        "http.request-timeout, 0s, 1ms, 10m, 11m",
        "http.max-connections, 0, 1, 1000000, 1000001",
        "http.max-in-flight, 0, 1, 1000000, 1000001",
        "http.backlog, 0, 1, 65535, 65536",
        "management.port, -1, 0, 65535, 65536",
        "grpc.port, -1, 0, 65535, 65536",
        "grpc.max-message-size, 1023, 1KiB, 4MiB, 4097KiB",
        "grpc.max-streams, 0, 1, 100000, 100001",
        "clients.cache-size, 0, 1, 1000000, 1000001",
        "realms.refresh, 0s, 1ms, 1d, 25h",
        "realms.unknown-key-interval, 0s, 1ms, 1h, 61m",
        "realms.fetch-timeout, 0s, 1ms, 1m, 61s",
        "realms.cached-verdicts, -1, 0, 10000000, 10000001",
        "tokens.access-lifetime, 999ms, 1s, 3650d, 3651d",
        "tokens.refresh-lifetime, 999ms, 1s, 3650d, 3651d",
        "tokens.max-access-lifetime, 999ms, 1s, 3650d, 3651d",
        "tokens.max-refresh-lifetime, 999ms, 1s, 3650d, 3651d",
        "redis.start-timeout, 0s, 1ms, 1m, 61s",
        "redis.connect-timeout, 0s, 1ms, 1m, 61s",
        "redis.call-timeout, 0s, 1ms, 1m, 61s",
        "redis.heartbeat, 0s, 1ms, 1m, 61s",
        "redis.max-in-flight, 15, 16, 1000000, 1000001",
        "redis.realm-shards, 0, 1, 4096, 4097",
        "redis.layout, -1, 0, 2, 3",
        "redis.durability.replicas, -1, 0, 100, 101",
        "redis.durability.replica-timeout, 0s, 1ms, 1m, 61s",
        "redis.embedded.port, -1, 0, 65535, 65536",
        "sweep.page-size, 0, 1, 10000, 10001",
        "sweep.batch-size, 0, 1, 1000, 1001",
        "sweep.in-flight, 0, 1, 64, 65",
        "sweep.in-flight-beside-checks, 0, 1, 64, 65",
        "sweep.piece-size, 9, 10, 10000, 10001",
        "sweep.running, 0, 1, 1000, 1001",
        "sweep.rate-limit, -1, 0, 100000000, 100000001",
        "sweep.lease, 999ms, 1s, 10m, 601s",
        "sweep.patience, 0s, 1ms, 1h, 61m",
        "check.cached-records, -1, 0, 100000000, 100000001",
        "check.max-batch, 0, 1, 1000, 1001",
        "check.max-body-size, 63, 64, 64MiB, 65MiB",
        "check.near-cache.size, 999, 1000, 10000000, 10000001",
        "check.near-cache.bound, 999ms, 1s, 15s, 16s",
        "log.retention, 59s, 1m, 3650d, 3651d",
        "audit.retention, 59s, 1m, 3650d, 3651d",
        "audit.max-size, 1023KiB, 1MiB, 64GiB, 65GiB",
        "audit.interval, 99ms, 100ms, 1h, 61m",
        "canary.interval, 99ms, 100ms, 1h, 61m",
        "canary.bound, 99ms, 100ms, 30s, 31s",
        "feed.follower-retention, 9s, 10s, 366d, 367d",
        "http.console.session-lifetime, 59s, 1m, 1d, 25h",
        "bridge.port, -1, 0, 65535, 65536",
        "bridge.max-frame-size, 1023, 1KiB, 4MiB, 4097KiB",
        "cluster.port, 0, 1, 65535, 65536",
        "cluster.bus-port, -1, 0, 65535, 65536",
        "runtime.instances, -1, 0, 1024, 1025",
        "tracing.otlp.timeout, 0s, 1ms, 1m, 61s",
        "tracing.otlp.interval, 0s, 1ms, 10m, 601s",
        "tracing.sample-ratio, -0.5, 0.0, 1.0, 1.5"
    })
    void bothBoundsAreAllowedAndNothingBeyond(String path, String below, String low, String high, String above) {
        assertThatCode(() -> Loading.options(option(path, low))).doesNotThrowAnyException();
        assertThatCode(() -> Loading.options(option(path, high))).doesNotThrowAnyException();
        String rest = " (expected: " + low + " to " + high + "; from --" + path + ")";
        assertThat(Loading.faultsOfOptions(option(path, below))).containsExactly(path + ": " + below + rest);
        assertThat(Loading.faultsOfOptions(option(path, above))).containsExactly(path + ": " + above + rest);
    }

    @ParameterizedTest
    @CsvSource({
        "http.drain-delay, 5m, 6m, 0s to 5m",
        "http.drain-timeout, 10m, 11m, 0s to 10m",
        "clients.cache-time, 1h, 61m, 0s to 1h",
        "check.max-age, 60s, 61s, 0s to 1m",
        "reload.interval, 1h, 61m, 0s to 1h"
    })
    void zeroSwitchesOff(String path, String high, String above, String expected) {
        assertThatCode(() -> Loading.options(option(path, "0s"))).doesNotThrowAnyException();
        assertThatCode(() -> Loading.options(option(path, high))).doesNotThrowAnyException();
        assertThat(Loading.faultsOfOptions(option(path, above)))
                .containsExactly(path + ": " + above + " (expected: " + expected + "; from --" + path + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http.host=",
                "management.host=",
                "elasticsearch.version=7.17",
                "elasticsearch.cluster-name=",
                "elasticsearch.cluster-name=a:b",
                "elasticsearch.unknown-token-status=201",
                "elasticsearch.identity=yes",
                "oauth.issuer=auth.example",
                "oauth.issuer=ftp://auth.example",
                "oauth.issuer=https:///path",
                "oauth.issuer=https://user@auth.example",
                "oauth.issuer=https://auth.example?a=b",
                "oauth.issuer=https://auth.example/#a",
                "oauth.issuer=https://a b",
                "oauth.issuer=https://auth.example:65536",
                "oauth.issuer=https://auth.example?",
                "oauth.issuer=https://auth.example#",
                "oauth.issuer=https://auth.example//a",
                "oauth.issuer=https://auth.example/a//b",
                "oauth.issuer=https://auth.example/a/../b",
                "oauth.issuer=https://auth.example/.",
                "oauth.issuer=https://auth.example/a%20b",
                "oauth.issuer=https://auth.example/:realm",
                "oauth.issuer=https://auth.example/*",
                "oauth.issuer=https://auth.example/a;b=c",
                "oauth.revoke-pair=yes",
                "leaks.github-keys=http://api.github.com/keys",
                "leaks.github-keys=https://a@api.github.com/keys",
                "leaks.github-keys=keys.json",
                "tokens.access-prefix=12345678901234567",
                "tokens.refresh-prefix=a.b",
                "redis.prefix=",
                "redis.prefix=a:b",
                "redis.embedded.directory=",
                "redis.embedded.max-memory=-1",
                "redis.embedded.fsync=any",
                "http.idle-timeout=60",
                "http.max-body-size=64kb",
                "clients.file=a\0b",
                "logging.level=INFO",
                "logging.format=xml",
                "tracing.otlp.endpoint=collector:4318",
                "tracing.otlp.endpoint=http://collector:4318",
                "tracing.otlp.endpoint=http://collector:4318/",
                "tracing.otlp.endpoint=http:///v1/traces",
                "tracing.otlp.endpoint=http://user@collector:4318/v1/traces",
                "tracing.otlp.endpoint=http://collector:4318/v1/traces?a=b",
                "tracing.otlp.endpoint=ftp://collector/v1/traces",
                "tracing.otlp.endpoint=http://a b",
                "tracing.otlp.headers=Authorization",
                "tracing.otlp.headers=Authorization=",
                "tracing.otlp.headers=a=b,",
                "tracing.otlp.headers=a=b\nc",
                "tracing.otlp.queue-size=1000001",
                "tracing.otlp.batch-size=0",
                "tracing.otlp.batch-size=2049",
                "tracing.sample-ratio=NaN",
                "tracing.sample-ratio=half",
                "tracing.service-name= "
            })
    void refusesWhatHasNotTheForm(String setting) {
        String path = setting.substring(0, setting.indexOf('='));

        assertThat(Loading.faultsOfOptions("--" + setting))
                .singleElement()
                .asString()
                .startsWith(path + ": ")
                .endsWith("; from --" + path + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens.access-prefix=", "tokens.refresh-prefix=1234567890123_-x", "redis.prefix=a.b_c-D"})
    void acceptsPrefixesThatAreSafeInUrlsAndKeys(String setting) {
        assertThatCode(() -> Loading.options("--" + setting)).doesNotThrowAnyException();
    }

    @Test
    void sendsNoMoreSpansAtOnceThanCanWait() {
        assertThatCode(() -> Loading.options("--tracing.otlp.queue-size=1", "--tracing.otlp.batch-size=1"))
                .doesNotThrowAnyException();
        assertThatCode(() -> Loading.options("--tracing.otlp.queue-size=1000000", "--tracing.otlp.batch-size=10000"))
                .doesNotThrowAnyException();
        assertThat(Loading.faultsOfOptions("--tracing.otlp.queue-size=0"))
                .contains("tracing.otlp.queue-size: 0 (expected: 1 to 1000000; from --tracing.otlp.queue-size)");
        assertThat(Loading.faultsOfOptions("--tracing.otlp.queue-size=3", "--tracing.otlp.batch-size=4"))
                .containsExactly("tracing.otlp.batch-size: 4 (expected: at most tracing.otlp.queue-size; from"
                        + " --tracing.otlp.batch-size)");
    }

    @Test
    void readsTheHeadersForTheReceiverOfSpans() {
        assertThat(Loading.options("--tracing.otlp.headers=Authorization=Basic YTpi==,X-Tenant=a")
                        .tracing()
                        .otlp()
                        .pairs())
                .containsExactly(entry("Authorization", "Basic YTpi=="), entry("X-Tenant", "a"));
        assertThat(Loading.faultsOfOptions("--tracing.otlp.headers=hunter2"))
                .containsExactly("tracing.otlp.headers: *** (expected: name=value, separated by commas; from"
                        + " --tracing.otlp.headers)");
    }

    private static String option(String path, String text) {
        return "--" + path + "=" + text;
    }
}
