package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.Immutable;
import io.revoker.config.Configuration;
import io.revoker.config.TracingConfig.OtlpConfig;
import io.revoker.config.values.Secret;
import io.revoker.config.values.SettingsProblem;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the pods are started with is a configuration of ours, and fits what is around it. */
enum SettingsRule implements Rule {
    IS_A_CONFIGURATION((manifests, configuration) -> Stream.of()),
    LISTENS_TO_OTHERS(SettingsRule::hosts),
    LISTENS_ON_ITS_PORTS(SettingsRule::ports),
    NOBODY_IS_ANONYMOUS(SettingsRule::clients),
    KEEPS_ITS_STATE_ELSEWHERE(SettingsRule::redis),
    SECRETS_ARE_FILLED_IN(SettingsRule::placeholders),
    GRACE_COVERS_THE_END(SettingsRule::grace),
    READINESS_WAITS_FOR_REDIS(SettingsRule::readiness),
    REPLICATION_IS_WAITED_FOR(SettingsRule::replicas),
    SPANS_CAN_BE_SENT(SettingsRule::spans),
    SERVICE_SPEAKS_ITS_PROTOCOL(SettingsRule::protocol),
    CAN_WRITE_TEMPORARY_FILES(SettingsRule::temporary);

    /** What the process takes for its end beyond the drain. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    /** How a rule finds what breaks it, given what the settings come to. */
    @Immutable
    private interface ConfigurationCheck {
        Stream<String> faults(Manifests manifests, Configuration configuration);
    }

    private final ConfigurationCheck check;

    SettingsRule(ConfigurationCheck check) {
        this.check = check;
    }

    /** What can't be read is one rule's fault alone. */
    @Override
    public Stream<String> faults(Manifests manifests) {
        Configuration configuration;
        try {
            configuration = DeployedConfiguration.of(manifests);
        } catch (SettingsProblem e) {
            return this == IS_A_CONFIGURATION
                    ? e.problems().stream().map(fault -> manifests.revoker().fault(fault))
                    : Stream.of();
        }
        return check.faults(manifests, configuration)
                .map(fault -> manifests.revoker().fault(fault));
    }

    private static Stream<String> hosts(Manifests manifests, Configuration configuration) {
        return Stream.of(configuration.http().host(), configuration.management().host())
                .filter(host -> !Set.of("0.0.0.0", "::").contains(host))
                .map(host -> "listens on " + host + ", which other pods and probes can't reach");
    }

    private static Stream<String> ports(Manifests manifests, Configuration configuration) {
        JsonNode declared = manifests.revoker().container().path("ports");
        Map<String, Integer> ports = declared.valueStream()
                .collect(Collectors.toMap(
                        port -> port.path("name").asText(),
                        port -> port.path("containerPort").asInt()));
        return ports.equals(listeners(configuration))
                ? Stream.of()
                : Stream.of("has other ports than it listens on: " + declared);
    }

    private static Map<String, Integer> listeners(Configuration configuration) {
        Map<String, Integer> listeners = new HashMap<>(Map.of(
                "http", configuration.http().port(),
                "management", configuration.management().port()));
        if (configuration.cluster().enabled()) {
            listeners.put("cluster", configuration.cluster().port());
            listeners.put("event-bus", configuration.cluster().busPort());
        }
        return listeners;
    }

    /** The client file is a key of a mounted Secret. */
    private static Stream<String> clients(Manifests manifests, Configuration configuration) {
        return configuration
                        .clients()
                        .file()
                        .filter(file -> Secrets.of(manifests.revoker())
                                .anyMatch(secret -> file.endsWith(secret.key())
                                        && secret.name().equals("revoker-clients")))
                        .isPresent()
                ? Stream.of()
                : Stream.of("has no client file, or none that a Secret brings");
    }

    private static Stream<String> redis(Manifests manifests, Configuration configuration) {
        return configuration.redis().url().isPresent() ? Stream.of() : Stream.of("would run a Redis of its own");
    }

    private static Stream<String> placeholders(Manifests manifests, Configuration configuration) {
        return configuration
                        .redis()
                        .server()
                        .map(Secret::value)
                        .filter(url -> !url.contains(":" + Invocation.SECRET + "@"))
                        .isPresent()
                ? Stream.of("has a URL without the password")
                : Stream.of();
    }

    private static Stream<String> grace(Manifests manifests, Configuration configuration) {
        JsonNode pod = manifests.revoker().spec();
        JsonNode preStop = manifests.revoker().container().at("/lifecycle/preStop/sleep/seconds");
        Duration grace =
                Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asInt(30));
        Duration end = configuration
                .http()
                .drainDelay()
                .plus(configuration.http().drainTimeout())
                .plus(CLOSING)
                .plus(forSpans(configuration))
                .plusSeconds(preStop.asInt());
        boolean leaves =
                preStop.asInt() > 0 && !configuration.http().drainDelay().isZero();
        return leaves && grace.compareTo(end) >= 0
                ? Stream.of()
                : Stream.of(
                        "is killed after " + grace + " (expected: a preStop, a drain delay, and at least " + end + ")");
    }

    private static Duration forSpans(Configuration configuration) {
        OtlpConfig otlp = configuration.tracing().otlp();
        return otlp.endpoint().isPresent() ? otlp.timeout() : Duration.ZERO;
    }

    /** The policy lets out what goes to the port of the receiver. */
    private static Stream<String> spans(Manifests manifests, Configuration configuration) {
        return configuration.tracing().otlp().endpoint().stream()
                .map(URI::create)
                .filter(receiver -> NetworkRule.policies(manifests, manifests.revoker())
                        .flatMap(policy -> policy.at("/spec/egress").valueStream())
                        .flatMap(rule -> rule.path("ports").valueStream())
                        .noneMatch(port -> port.path("port").asInt() == receiver.getPort()
                                && port.path("protocol").asText().equals("TCP")))
                .map(receiver -> "sends spans to " + receiver + ", where no policy lets them");
    }

    /** What stands before the pods may take the Service's word for it. */
    private static Stream<String> protocol(Manifests manifests, Configuration configuration) {
        String spoken = configuration.http().tls().enabled() ? "https" : "http";
        return manifests
                .named("Service", "revoker")
                .at("/spec/ports")
                .valueStream()
                .filter(port -> !port.path("appProtocol").asText().equals(spoken))
                .map(port -> "speaks " + spoken + ", but its Service says " + port.path("appProtocol"));
    }

    private static Stream<String> readiness(Manifests manifests, Configuration configuration) {
        JsonNode probe = manifests.revoker().container().path("readinessProbe");
        Duration patience = Duration.ofSeconds(probe.path("timeoutSeconds").asInt(1));
        return patience.compareTo(configuration.redis().callTimeout()) > 0
                ? Stream.of()
                : Stream.of("gives no time to say what is missing: " + patience);
    }

    private static Stream<String> replicas(Manifests manifests, Configuration configuration) {
        boolean isReplicated = configuration
                .redis()
                .url()
                .filter(url -> url.value().matches("rediss?-(sentinel|cluster):.*"))
                .isPresent();
        return isReplicated && configuration.redis().durability().replicas() == 0
                ? Stream.of("acknowledges what a fail-over may forget")
                : Stream.of();
    }

    private static Stream<String> temporary(Manifests manifests, Configuration configuration) {
        Pods pods = manifests.revoker();
        return pods.volumes()
                        .filter(volume -> volume.has("emptyDir"))
                        .flatMap(volume -> pods.mounts(volume.path("name").asText()))
                        .anyMatch(mount -> mount.path("mountPath").asText().equals("/tmp"))
                ? Stream.of()
                : Stream.of("has no /tmp that it can write to");
    }
}
