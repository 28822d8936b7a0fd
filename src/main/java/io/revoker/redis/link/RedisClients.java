package io.revoker.redis.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisSentinelConnectOptions;
import io.vertx.redis.client.RedisStandaloneConnectOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates clients. {@link java.net.URI}, and so the client library (vertx-redis-client 5.0.7), does not accept a host
 * name with an underscore, as Docker Compose creates them: the address of such a host is looked up at every connect.
 */
final class RedisClients {
    private static final Pattern UNDERSCORED =
            Pattern.compile("(?<before>[a-z]+://(?:[^@/]*@)?)(?<host>[^@/:\\[]*_[^@/:]*)(?<after>(?:[:/].*)?)");

    private RedisClients() {}

    static Redis create(Vertx vertx, RedisOptions options) {
        if (options.getEndpoints().stream().noneMatch(UNDERSCORED.asMatchPredicate())) {
            return Redis.createClient(vertx, options);
        }
        return options.getType() == RedisClientType.SENTINEL
                ? Redis.createSentinelClient(
                        vertx, options, () -> lookedUp(vertx, options).map(RedisSentinelConnectOptions::new))
                : Redis.createStandaloneClient(
                        vertx, options, () -> lookedUp(vertx, options).map(RedisStandaloneConnectOptions::new));
    }

    private static Future<RedisOptions> lookedUp(Vertx vertx, RedisOptions options) {
        return vertx.executeBlocking(
                () -> new RedisOptions(options).setEndpoints(lookUp(options.getEndpoints())), /* ordered= */ false);
    }

    /** Leaves out hosts that can't be resolved now; fails if that is all of them. */
    private static List<String> lookUp(List<String> endpoints) throws UnknownHostException {
        List<String> known = new ArrayList<>();
        UnknownHostException unknown = new UnknownHostException();
        for (String endpoint : endpoints) {
            try {
                known.add(lookUp(endpoint));
            } catch (UnknownHostException e) {
                unknown = e;
            }
        }
        if (known.isEmpty()) {
            throw unknown;
        }
        return known;
    }

    private static String lookUp(String endpoint) throws UnknownHostException {
        Matcher parts = UNDERSCORED.matcher(endpoint);
        if (!parts.matches()) {
            return endpoint;
        }
        String address = InetAddress.getByName(parts.group("host")).getHostAddress();
        return parts.group("before")
                + (address.indexOf(':') < 0 ? address : '[' + address + ']')
                + parts.group("after");
    }
}
