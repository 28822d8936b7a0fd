package io.revoker.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import io.revoker.config.ClusterConfig;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of Hazelcast. Loaded only where a cluster is joined. */
final class HazelcastSettings {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastSettings.class);
    private static final String NAME = "revoker";

    /** Any address that this machine has; the setting for interfaces takes only those that the system lists. */
    private static final String LOCAL_ADDRESS = "hazelcast.local.localAddress";

    /** The map of the addresses of the event bus, as Vert.x names it. */
    private static final String SUBSCRIPTIONS = "__vertx.subs";

    /** One with a single member that waits for others, or that looks for others again, need not wait for minutes. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.socket.server.bind.any", "false"),
            Map.entry("hazelcast.prefer.ipv4.stack", "false"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.join.seconds", "45"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "10"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "10"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
            Map.entry("hazelcast.operation.call.timeout.millis", "15000"),
            Map.entry("hazelcast.partition.count", "31"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.io.thread.count", "1"));

    private HazelcastSettings() {}

    static ClusterManager manager(ClusterConfig config) {
        return new HazelcastClusterManager(settings(config));
    }

    private static Config settings(ClusterConfig config) {
        Config settings = new Config().setClusterName(NAME);
        PROPERTIES.forEach(settings::setProperty);
        settings.setProperty(LOCAL_ADDRESS, config.host());
        settings.getMetricsConfig().setEnabled(false);
        settings.addMultiMapConfig(new MultiMapConfig(SUBSCRIPTIONS)
                .setBackupCount(2)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        settings.getSerializationConfig().setJavaSerializationFilterConfig(onlyOurs());
        settings.addListenerConfig(new ListenerConfig(new Arrivals()));
        network(settings.getAdvancedNetworkConfig(), config);
        return settings;
    }

    /** A member can't make another one create objects of other libraries. */
    private static JavaSerializationFilterConfig onlyOurs() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.getWhitelist().addPrefixes("io.vertx.spi.cluster.hazelcast.");
        return filter;
    }

    /** Members only: Hazelcast's clients, which could run code here, have no endpoint. */
    private static void network(AdvancedNetworkConfig network, ClusterConfig config) {
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(config.port()).setPortAutoIncrement(false);
        // Else it takes the name of a member that has this address, which may be that of all members.
        endpoint.setPublicAddress(config.host());
        network.setEnabled(true).setMemberEndpointConfig(endpoint);
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
        config.addresses().forEach(join.getTcpIpConfig()::addMember);
    }

    /** Logs who comes and goes. */
    private static final class Arrivals implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            log("member joined", event);
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            log("member left", event);
        }

        private static void log(String what, MembershipEvent event) {
            LOG.atInfo()
                    .addKeyValue("member", event.getMember().getAddress())
                    .addKeyValue("members", event.getMembers().size())
                    .log(what);
        }
    }
}
