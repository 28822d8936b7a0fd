package io.revoker.config;

import io.revoker.config.values.Ipv6;
import io.revoker.config.values.Requirements;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cluster of instances and applications that share an event bus.
 *
 * @param host where this member is reached by the others, both for the cluster and for the event bus
 * @param port of the cluster
 * @param busPort of the event bus; 0 for a free one
 * @param members those of which at least one is asked when this one joins, as host or host:port, separated by commas;
 * present if it is enabled
 */
public record ClusterConfig(boolean enabled, String host, int port, int busPort, Optional<String> members) {
    private static final Pattern EVERYWHERE = Pattern.compile("0\\.0\\.0\\.0|::|0:0:0:0:0:0:0:0");
    private static final String HOST = "([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])";
    private static final String MEMBER = HOST + "(:[0-9]{1,5})?";
    private static final Pattern MEMBERS = Pattern.compile(MEMBER + "( *, *" + MEMBER + ")*");
    private static final Pattern WITH_PORT = Pattern.compile(".*:[0-9]{1,5}");

    public ClusterConfig {
        host = Ipv6.bare(host);
        new Requirements()
                .that(
                        "host",
                        host,
                        own -> !own.isEmpty() && !EVERYWHERE.matcher(own).matches(),
                        "the address by which the other members reach this one")
                .within("port", port, 1, 65_535)
                .port("bus-port", busPort)
                .that(
                        "members",
                        members,
                        some -> some.map(MEMBERS.asMatchPredicate()::test).orElse(!enabled),
                        enabled
                                ? "host or host:port, separated by commas, because cluster.enabled is true"
                                : "host or host:port, separated by commas, or nothing")
                .check();
    }

    /** The members to ask, each with its port. */
    public List<String> addresses() {
        return members.stream()
                .flatMap(some -> Arrays.stream(some.split(",", -1)))
                .map(String::strip)
                .map(member -> hasPort(member) ? member : member + ":" + port)
                .toList();
    }

    private static boolean hasPort(String member) {
        return WITH_PORT.matcher(member.substring(member.indexOf(']') + 1)).matches();
    }
}
