package io.revoker.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.NeedsTools;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert fires when it should, and not when it should not: Prometheus' own tool says so of series that are made up. */
@NeedsTools
class AlertsTest {
    private static final AlertRules RULES = AlertRules.deployed();

    @TempDir
    private Path directory;

    static List<String> alerts() {
        return RULES.alerts();
    }

    @Test
    void canBeRead() {
        Promtool checked = Promtool.check(RULES, directory);

        assertThat(checked.status()).as(checked.output()).isZero();
    }

    @Test
    void aFaultyOneIsFound() {
        assertThat(Promtool.check(RULES.with("RevokerAbsent", "absent(up"), directory)
                        .status())
                .isNotZero();
    }

    @Test
    void fireWhenTheyShouldAndNotElse() {
        Promtool tested = Promtool.test(RULES, directory);

        assertThat(tested.status()).as(tested.output()).isZero();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void oneThatNeverFiresIsFound(String alert) {
        Promtool tested = Promtool.test(RULES.with(alert, "vector(0) > 1"), alert, directory);

        assertThat(tested.status()).isNotZero();
        assertThat(tested.output()).contains("alertname: " + alert);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void oneThatAlwaysFiresIsFound(String alert) {
        Promtool tested = Promtool.test(RULES.with(alert, always(alert)), alert, directory);

        assertThat(tested.status()).isNotZero();
        assertThat(tested.output()).contains("alertname: " + alert);
    }

    /** The same without what it demands of the values; for one that demands an absence, there is nothing to leave out. */
    private static String always(String alert) {
        String expression = RULES.all()
                .filter(rule -> rule.path("alert").asText().equals(alert))
                .map(rule -> rule.path("expr").asText())
                .findFirst()
                .orElseThrow();
        return alert.equals("RevokerAbsent")
                ? "vector(1)"
                : expression.replaceAll(" (==|>|<) (revoker_\\S+|[0-9.]+( \\* [0-9.]+)?)", " >= bool 0 >= 0");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void isSilentAtSomeTime(String alert) {
        Stream<JsonNode> questions = Promtool.unitTests()
                .path("tests")
                .valueStream()
                .flatMap(test -> test.path("alert_rule_test").valueStream());

        assertThat(questions.filter(
                        question -> question.path("alertname").asText().equals(alert)))
                .anyMatch(question -> question.has("exp_alerts"))
                .anyMatch(question -> !question.has("exp_alerts"));
    }
}
