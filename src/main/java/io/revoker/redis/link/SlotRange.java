package io.revoker.redis.link;

import io.vertx.redis.client.Response;
import java.util.List;

/** Slots from the first to the last, which a primary of a Cluster serves. */
record SlotRange(int first, int last, Address primary) {
    /**
     * Reads the reply to {@code CLUSTER SLOTS}.
     *
     * @param asked the node that replied
     */
    static List<SlotRange> parse(Response reply, Address asked) {
        return reply.stream().map(range -> parseOne(range, asked)).toList();
    }

    private static SlotRange parseOne(Response range, Address asked) {
        Response primary = range.get(2);
        Response host = primary.get(0);
        Address named =
                new Address(host == null ? "" : host.toString(), primary.get(1).toInteger());
        return new SlotRange(range.get(0).toInteger(), range.get(1).toInteger(), named.or(asked.host()));
    }
}
