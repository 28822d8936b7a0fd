package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFaultsTest {
    private static final String MEMBERS = "--cluster.members=";
    private static final String ENABLED = "--cluster.enabled=true";

    @Test
    void membersAreNamedOnceItIsEnabled() {
        assertThat(Loading.faultsOfOptions(ENABLED))
                .containsExactly("cluster.members: \"\" (expected: host or host:port, separated by commas, because"
                        + " cluster.enabled is true; from the default)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,,b", "a:", "a:port", "http://a", ":5701", "a,", "-a", "[::1"})
    void membersAreHostsWithOrWithoutAPort(String members) {
        assertThat(Loading.faultsOfOptions(ENABLED, MEMBERS + members))
                .containsExactly("cluster.members: " + members + " (expected: host or host:port, separated by commas,"
                        + " because cluster.enabled is true; from --cluster.members)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]", ""})
    void othersMustReachTheHost(String host) {
        assertThat(Loading.faultsOfOptions("--cluster.host=" + host))
                .singleElement()
                .asString()
                .contains("(expected: the address by which the other members reach this one;");
    }

    @Test
    void membersWithoutAPortHaveOurs() {
        assertThat(Loading.options(ENABLED, "--cluster.port=7000", MEMBERS + "a, b:1,[::1],[::1]:2")
                        .cluster()
                        .addresses())
                .containsExactly("a:7000", "b:1", "[::1]:7000", "[::1]:2");
    }
}
