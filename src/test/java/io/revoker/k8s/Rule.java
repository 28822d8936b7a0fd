package io.revoker.k8s;

import java.util.stream.Stream;

/** What the manifests of an overlay must hold to. */
interface Rule {
    /** What breaks it, one line each. */
    Stream<String> faults(Manifests manifests);

    /** The name in the table of mutations. */
    String name();

    static Stream<Rule> all() {
        return Stream.<Rule[]>of(
                        ModelRule.values(),
                        PodSecurityRule.values(),
                        ReferenceRule.values(),
                        MountRule.values(),
                        WorkloadRule.values(),
                        NetworkRule.values(),
                        MonitoringRule.values(),
                        SettingsRule.values())
                .flatMap(Stream::of);
    }

    static Rule named(String name) {
        return all().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
    }
}
