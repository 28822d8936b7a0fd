package io.revoker.bench;

import io.revoker.bench.Topology.Node;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Copies all that the service keeps of tokens from one server to the nodes of a Cluster, so that both are swept with the same data. What it keeps of
 * revocations stays where it is.
 */
record Copier(Topology from, Topology to) {
    private static final String LOG = "rv:{log}:";
    private static final String PAGE = "2000";

    void copy() throws InterruptedException {
        String cursor = "0";
        do {
            Response page = from.first().console().call("SCAN", cursor, "COUNT", PAGE);
            move(page.get(1).stream()
                    .map(Response::toString)
                    .filter(key -> key.startsWith("rv:") && !key.startsWith(LOG))
                    .toList());
            cursor = page.get(0).toString();
        } while (!cursor.equals("0"));
    }

    private void move(List<String> keys) throws InterruptedException {
        for (Map.Entry<Node, List<String>> part : byOwner(keys).entrySet()) {
            String port = "" + part.getKey().server().port();
            Stream<String> command =
                    Stream.of("MIGRATE", "127.0.0.1", port, "", "0", "60000", "COPY", "REPLACE", "KEYS");
            from.first()
                    .console()
                    .call(Stream.concat(command, part.getValue().stream()).toArray(String[]::new));
        }
    }

    private Map<Node, List<String>> byOwner(List<String> keys) throws InterruptedException {
        List<Response> slots = to.first()
                .console()
                .callAll(keys.stream()
                        .map(key -> new String[] {"CLUSTER", "KEYSLOT", key})
                        .toList());
        Map<Node, List<String>> parts = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            parts.computeIfAbsent(to.owner(slots.get(i).toInteger()), node -> new ArrayList<>())
                    .add(keys.get(i));
        }
        return parts;
    }
}
