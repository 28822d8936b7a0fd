package io.revoker.bench;

import io.revoker.bench.Topology.Node;
import io.vertx.redis.client.Response;

/**
 * Takes the stamps of sweeps out of the hashes of grants again, so that the next sweep finds the same work without another registration of millions.
 * Checks go on to refuse the tokens, for the marks stay.
 */
record Revival(Topology topology) {
    private static final String SCRIPT = """
            local page = redis.call('SCAN', ARGV[1], 'MATCH', 'rv:g:*', 'COUNT', 2000)
            for _, key in ipairs(page[2]) do redis.call('HDEL', key, '') end
            return page[1]
            """;

    void revive() throws InterruptedException {
        for (Node node : topology.nodes()) {
            String cursor = "0";
            do {
                Response next = node.console().call("EVAL", SCRIPT, "0", cursor);
                cursor = next.toString();
            } while (!cursor.equals("0"));
        }
        topology.awaitRest();
    }
}
