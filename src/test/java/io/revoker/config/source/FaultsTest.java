package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.revoker.config.values.SettingsProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
    @TempDir
    Path directory;

    @Test
    void reportsEveryFaultOfEverySourceAtOnce() {
        Path file = Loading.write(directory, """
                http:
                  prot: 80
                  backlog: many
                  max-connections: 0
                redis:
                  heartbeat: 0s
                  durability: {fsync: never}
                """);
        Map<String, String> environment = Map.of("REVOKER_HTTP_PORT", "99999", "REVOKER_HTTP_PROT", "80");

        List<String> faults =
                Loading.faults(List.of("--config=" + file, "--sweep.page-size=0", "--sweep.pages=1"), environment);

        assertThat(faults)
                .containsExactly(
                        "http.prot: unknown (expected: a setting of revoker.yaml; from " + file + ")",
                        "REVOKER_HTTP_PROT: unknown (expected: REVOKER_ and a setting, as in REVOKER_HTTP_PORT)",
                        "sweep.pages: unknown (expected: a setting of revoker.yaml; from --sweep.pages)",
                        "http.backlog: many (expected: a whole number; from " + file + ")",
                        "http.port: 99999 (expected: 0 to 65535; from REVOKER_HTTP_PORT)",
                        "http.max-connections: 0 (expected: 1 to 1000000; from " + file + ")",
                        "redis.durability.fsync: never (expected: one of any, everysec, always; from " + file + ")",
                        "redis.heartbeat: 0s (expected: 1ms to 1m; from " + file + ")",
                        "sweep.page-size: 0 (expected: 1 to 10000; from --sweep.page-size)");
    }

    @Test
    void theFileIsNamedOnceAndNeverWithoutAValue() {
        Path file = Loading.write(directory, "http: {port: 1111}");

        assertThat(Loading.faults(List.of("--config=" + file, "--config=" + file), Map.of()))
                .containsExactly("--config: set twice (expected: once)");
        assertThat(Loading.faults(List.of("--config="), Map.of("REVOKER_CONFIG", file.toString())))
                .containsExactly("--config: no value (expected: --config=FILE)");
    }

    @Test
    void itsMessageHasALineForEachFault() {
        Throwable thrown = catchThrowable(() -> Loading.options("--http.port=x", "--http.backlog=x"));

        assertThat(thrown).isInstanceOf(SettingsProblem.class).hasMessage("""
                        http.port: x (expected: a whole number; from --http.port)
                        http.backlog: x (expected: a whole number; from --http.backlog)""");
    }

    @Test
    void theFileIsNoSettingOfAFile() {
        assertThat(Loading.faultsOfFile(directory, "config: other.yaml"))
                .singleElement()
                .asString()
                .startsWith("config: unknown");
    }

    @Test
    void optionsNeedANameAndAValue() {
        assertThat(Loading.faultsOfOptions("--http.port=1", "word", "--http.host", "--http.tls.enabled"))
                .containsExactly(
                        "command line: a word that is not an option (expected: --setting=value)",
                        "--http.host: no value (expected: --setting=value)",
                        "--http.tls.enabled: no value (expected: --setting=value)");
    }

    /** It could be a secret. */
    @Test
    void aWordThatIsNotAnOptionIsNotQuoted() {
        assertThat(Loading.faultsOfOptions("hunter", "--http.port=1", "Hunter2"))
                .containsExactly(
                        "command line: a word that is not an option (expected: --setting=value)",
                        "command line: a word that is not an option (expected: --setting=value)");
    }

    @Test
    void anOptionStandsOnce() {
        assertThat(Loading.faultsOfOptions("--http.port=1", "--http.port=2"))
                .containsExactly("http.port: set twice (expected: once; from --http.port)");
    }

    @Test
    void enabledTlsNeedsCertificateAndKey() {
        assertThat(Loading.faultsOfOptions("--http.tls.enabled=true"))
                .containsExactly(
                        "http.tls.certificate: \"\" (expected: a PEM file, because tls is enabled; from the default)",
                        "http.tls.key: \"\" (expected: a PEM file, because tls is enabled; from the default)");
    }

    @Test
    void certificateAndKeyForRedisBelongTogether() {
        assertThat(Loading.faultsOfOptions("--redis.tls.key=a.key"))
                .containsExactly("redis.tls.certificate: \"\" (expected: a PEM file, because redis.tls.key is set;"
                        + " from the default)");
        assertThat(Loading.faultsOfOptions("--redis.tls.certificate=a.pem"))
                .containsExactly("redis.tls.key: \"\" (expected: a PEM file, because redis.tls.certificate is set;"
                        + " from the default)");
    }

    @Test
    void replicasMustAnswerBeforeTheCallThatWaitsForThemTimesOut() {
        String timeouts = "--redis.call-timeout=300ms";
        assertThat(Loading.faultsOfOptions("--redis.durability.replicas=1", timeouts))
                .containsExactly(
                        "redis.durability.replica-timeout: 500ms (expected: less than redis.call-timeout, 300ms,"
                                + " because redis.durability.replicas is not 0; from the default)");
        assertThat(Loading.faultsOfOptions(
                        "--redis.durability.replicas=1", timeouts, "--redis.durability.replica-timeout=300ms"))
                .hasSize(1);
    }

    /** Behind another wait, and beside all else that an answer takes. */
    @Test
    void replicasMustAnswerLongBeforeTheRequestTimesOut() {
        String timeout = "--http.request-timeout=1999ms";
        assertThat(Loading.faultsOfOptions("--redis.durability.replicas=1", timeout))
                .containsExactly("redis.durability.replica-timeout: 500ms (expected: at most a quarter of"
                        + " http.request-timeout, 1999ms, because redis.durability.replicas is not 0;"
                        + " from the default)");
        assertThat(Loading.options("--redis.durability.replicas=1", "--http.request-timeout=2s")
                        .redis()
                        .durability()
                        .replicas())
                .isEqualTo(1);
    }

    @Test
    void replicasThatNobodyWaitsForMayTakeAnyTime() {
        assertThat(Loading.options("--redis.call-timeout=300ms", "--http.request-timeout=1s")
                        .redis()
                        .callTimeout())
                .isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void theTwoListenersMayNotShareAnAddress() {
        assertThat(Loading.faultsOfOptions("--http.port=8081"))
                .containsExactly("management.port: 8081 (expected: another port than http.port, or another host;"
                        + " from the default)");
    }

    @Test
    void theListenerForGrpcHasAPortOfItsOwnIfItIsOn() {
        assertThat(Loading.faultsOfOptions("--grpc.enabled=true", "--grpc.port=8081"))
                .singleElement()
                .asString()
                .startsWith("grpc.port: 8081 (expected: another port than http.port and management.port");
        assertThat(Loading.options("--grpc.port=8080").grpc().port()).isEqualTo(8080);
    }

    @Test
    void theTwoListenersMayShareAPortOnTwoHostsAndBothTakeAFreeOne() {
        assertThat(Loading.options("--http.port=8081", "--management.host=10.0.0.1")
                        .management()
                        .port())
                .isEqualTo(8081);
        assertThat(Loading.options("--http.port=0", "--management.port=0")
                        .management()
                        .port())
                .isZero();
    }

    @Test
    void quotesAValueOnOneLine() {
        assertThat(Loading.faultsOfOptions("--http.port=1\n2"))
                .containsExactly("http.port: 1?2 (expected: a whole number; from --http.port)");
    }
}
