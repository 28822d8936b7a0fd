package io.revoker.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.Immutable;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The profile <i>restricted</i>, control by control in the order of kubernetes.io, "Pod Security Standards" (with what it takes over from
 * <i>baseline</i>), and what we demand beyond it.
 */
enum PodSecurityRule implements Rule {
    HOST_PROCESS(none("/windowsOptions/hostProcess"), Subject.EVERY_CONTEXT),
    HOST_NAMESPACES(
            pod -> Stream.of("hostNetwork", "hostPID", "hostIPC").noneMatch(field -> isTrue(pod.path(field))),
            Subject.POD),
    PRIVILEGED_CONTAINERS(none("/securityContext/privileged"), Subject.CONTAINER),
    HOST_PORTS(
            container -> container
                    .path("ports")
                    .valueStream()
                    .allMatch(port -> port.path("hostPort").asInt() == 0),
            Subject.CONTAINER),
    HOST_PROBES(
            container -> container.findValues("host").stream()
                    .allMatch(host -> host.asText().isEmpty()),
            Subject.CONTAINER),
    APP_ARMOR(
            context -> Set.of("", "RuntimeDefault", "Localhost")
                    .contains(context.at("/appArmorProfile/type").asText()),
            Subject.EVERY_CONTEXT),
    SELINUX(
            context -> Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")
                            .contains(context.at("/seLinuxOptions/type").asText())
                    && context.at("/seLinuxOptions/user").asText().isEmpty()
                    && context.at("/seLinuxOptions/role").asText().isEmpty(),
            Subject.EVERY_CONTEXT),
    PROC_MOUNT(
            container -> Set.of("", "Default")
                    .contains(container.at("/securityContext/procMount").asText()),
            Subject.CONTAINER),
    SYSCTLS(pod -> pod.at("/securityContext/sysctls").isEmpty(), Subject.POD),
    VOLUME_TYPES(
            pod -> pod.path("volumes")
                    .valueStream()
                    .allMatch(volume -> volume.propertyStream()
                            .allMatch(field -> Set.of(
                                            "name", "configMap", "emptyDir", "secret", "projected", "downwardAPI")
                                    .contains(field.getKey()))),
            Subject.POD),
    PRIVILEGE_ESCALATION(
            container -> isFalse(container.at("/securityContext/allowPrivilegeEscalation")), Subject.CONTAINER),
    RUNNING_AS_NON_ROOT(pod -> isTrue(pod.at("/securityContext/runAsNonRoot")), Subject.POD),
    NOT_ROOT_AFTER_ALL(container -> !isFalse(container.at("/securityContext/runAsNonRoot")), Subject.CONTAINER),
    NON_ROOT_USER(
            context -> !context.has("runAsUser") || context.path("runAsUser").asInt() > 0, Subject.EVERY_CONTEXT),
    SECCOMP(pod -> pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"), Subject.POD),
    SECCOMP_AFTER_ALL(
            container -> !container
                    .at("/securityContext/seccompProfile/type")
                    .asText()
                    .equals("Unconfined"),
            Subject.CONTAINER),
    CAPABILITIES(
            container -> container
                            .at("/securityContext/capabilities/drop")
                            .valueStream()
                            .anyMatch(dropped -> dropped.asText().equals("ALL"))
                    && container.at("/securityContext/capabilities/add").isEmpty(),
            Subject.CONTAINER),

    /** Beyond the profile: a number, so that the kubelet can tell that it isn't root. */
    USER_IS_A_NUMBER(pod -> pod.at("/securityContext/runAsUser").isInt(), Subject.POD),
    READ_ONLY_ROOT(container -> isTrue(container.at("/securityContext/readOnlyRootFilesystem")), Subject.CONTAINER),
    NO_TOKEN(pod -> isFalse(pod.path("automountServiceAccountToken")), Subject.POD),
    NO_SERVICE_VARIABLES(pod -> isFalse(pod.path("enableServiceLinks")), Subject.POD);

    /** What must be so of a pod, a container or a security context. */
    @Immutable
    private interface Demand {
        boolean holds(JsonNode json);
    }

    private enum Subject {
        POD,
        CONTAINER,
        EVERY_CONTEXT;

        Stream<JsonNode> of(Pods pods) {
            return switch (this) {
                case POD -> Stream.of(pods.spec());
                case CONTAINER -> pods.containers();
                case EVERY_CONTEXT ->
                    Stream.concat(Stream.of(pods.spec()), pods.containers())
                            .map(owner -> owner.path("securityContext"));
            };
        }
    }

    private final Demand demand;
    private final Subject subject;

    PodSecurityRule(Demand demand, Subject subject) {
        this.demand = demand;
        this.subject = subject;
    }

    @Override
    public Stream<String> faults(Manifests manifests) {
        return manifests
                .pods()
                .filter(pods -> !subject.of(pods).allMatch(demand::holds))
                .map(pods -> pods.fault("breaks " + name()));
    }

    private static Demand none(String pointer) {
        return json -> !isTrue(json.at(pointer));
    }

    private static boolean isTrue(JsonNode json) {
        return json.isBoolean() && json.booleanValue();
    }

    private static boolean isFalse(JsonNode json) {
        return json.isBoolean() && !json.booleanValue();
    }
}
