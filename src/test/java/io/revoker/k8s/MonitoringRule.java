package io.revoker.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.revoker.testing.Manual;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Prometheus' operator and Grafana make of it. What the expressions mean is for Prometheus itself to say, in other tests. */
enum MonitoringRule implements Rule {
    MONITORS_ASK_PORTS(MonitoringRule::ports),
    MONITORS_ARE_LET_IN(MonitoringRule::admission),
    MONITORS_HAVE_TIME(MonitoringRule::time),
    RULES_ARE_ABOUT_THE_JOB(MonitoringRule::jobs),
    ALERTS_ARE_EXPLAINED(MonitoringRule::explanations),
    ALERTS_HAVE_NAMES_OF_THEIR_OWN(MonitoringRule::names),
    DASHBOARDS_CAN_BE_FOUND(MonitoringRule::dashboards);

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern JOB = Pattern.compile("job=\"([^\"]*)\"");
    private static final Set<String> SEVERITIES = Set.of("critical", "warning");

    private final Check check;

    MonitoringRule(Check check) {
        this.check = check;
    }

    @Override
    public Stream<String> faults(Manifests manifests) {
        return check.faults(manifests);
    }

    private static Stream<String> ports(Manifests manifests) {
        return endpoints(manifests)
                .filter(endpoint -> !manifests.revoker().hasPort(endpoint.path("port"))
                        || !endpoint.path("port").asText().equals("management")
                        || !endpoint.path("path").asText().equals("/metrics"))
                .map(endpoint -> "PodMonitor: asks where nobody answers: " + endpoint);
    }

    private static Stream<String> admission(Manifests manifests) {
        return endpoints(manifests)
                .filter(endpoint -> !NetworkRule.isOpened(manifests, manifests.revoker(), endpoint.path("port")))
                .map(endpoint -> "PodMonitor: asks a port that no policy opens: " + endpoint);
    }

    /** The page asks for readiness, and that for Redis; Prometheus refuses a time-out that is longer than the interval. */
    private static Stream<String> time(Manifests manifests) {
        Duration call = DeployedConfiguration.of(manifests).redis().callTimeout();
        return endpoints(manifests)
                .filter(endpoint -> seconds(endpoint, "scrapeTimeout").compareTo(call) <= 0
                        || seconds(endpoint, "scrapeTimeout").compareTo(seconds(endpoint, "interval")) > 0)
                .map(endpoint -> "PodMonitor: has too little time, or more than there is: " + endpoint);
    }

    private static Duration seconds(JsonNode endpoint, String field) {
        return Duration.parse("PT" + endpoint.path(field).asText("0s"));
    }

    private static Stream<String> jobs(Manifests manifests) {
        return manifests.kind("PodMonitor").flatMap(monitor -> {
            String label = monitor.at("/spec/jobLabel").asText();
            String job = manifests.revoker().labels().path(label).asText();
            return rules(manifests)
                    .map(rule -> rule.path("expr").asText())
                    .flatMap(expression -> JOB.matcher(expression).results())
                    .map(named -> named.group(1))
                    .filter(named -> !named.equals(job))
                    .map(named ->
                            monitor.fault("gives the job \"" + job + "\", and a rule asks for \"" + named + "\""));
        });
    }

    private static Stream<String> explanations(Manifests manifests) {
        String manual = Manual.text();
        return alerts(manifests)
                .filter(alert -> !isExplained(alert, manual))
                .map(alert -> "PrometheusRule: an alert that is not explained: " + alert);
    }

    private static boolean isExplained(JsonNode alert, String manual) {
        String name = alert.path("alert").asText();
        return SEVERITIES.contains(alert.at("/labels/severity").asText())
                && !alert.at("/annotations/summary").asText().isBlank()
                && !alert.at("/annotations/description").asText().isBlank()
                && alert.at("/annotations/runbook")
                        .asText()
                        .equals("src/site/markdown/operate.md#" + name.toLowerCase(Locale.ROOT))
                && manual.contains("\n### " + name + "\n");
    }

    private static Stream<String> names(Manifests manifests) {
        Map<String, Long> uses = alerts(manifests)
                .map(alert -> alert.path("alert").asText())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return uses.entrySet().stream()
                .filter(use -> use.getValue() > 1 || !use.getKey().matches("Revoker[A-Za-z]+"))
                .map(use -> "PrometheusRule: an alert by the name of another, or of another service: " + use.getKey());
    }

    private static Stream<String> dashboards(Manifests manifests) {
        List<Manifest> found = manifests
                .kind("ConfigMap")
                .filter(map ->
                        map.at("/metadata/labels/grafana_dashboard").asText().equals("1"))
                .toList();
        boolean isMonitored = manifests.kind("PodMonitor").findAny().isPresent();
        return isMonitored && found.stream().noneMatch(MonitoringRule::isDashboard)
                ? Stream.of("no dashboard that Grafana can find")
                : Stream.of();
    }

    private static boolean isDashboard(Manifest map) {
        try {
            JsonNode dashboard = JSON.readTree(map.at("/data/revoker.json").asText());
            return dashboard.path("uid").isTextual()
                    && dashboard.path("title").isTextual()
                    && !dashboard.path("panels").isEmpty();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Stream<JsonNode> endpoints(Manifests manifests) {
        return manifests
                .kind("PodMonitor")
                .flatMap(monitor -> monitor.at("/spec/podMetricsEndpoints").valueStream());
    }

    static Stream<JsonNode> rules(Manifests manifests) {
        return manifests
                .kind("PrometheusRule")
                .flatMap(rule -> rule.at("/spec/groups").valueStream())
                .flatMap(group -> group.path("rules").valueStream());
    }

    static Stream<JsonNode> alerts(Manifests manifests) {
        return rules(manifests).filter(rule -> rule.has("alert"));
    }
}
