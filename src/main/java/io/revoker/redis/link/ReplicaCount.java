package io.revoker.redis.link;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.function.UnaryOperator;

/**
 * How many replicas of a primary have all that it has written.
 *
 * <p>{@code WAIT} is about what its own connection has written. So that connection writes something first, which means nothing: whatever the primary
 * had written before, for whomever, the replicas have before it.
 *
 * @param keys the key that is written, by its hash tag
 * @see <a href="https://redis.io/docs/latest/commands/wait/">WAIT</a>
 */
public record ReplicaCount(UnaryOperator<String> keys, DurabilitySettings demanded) {
    /** The hash tag of the key that is written, where any will do. */
    static final String ANY_SLOT = "log";

    private static final long KEPT_MILLIS = 1000;

    Call mark(String tag) {
        return Script.MARK.call(keys.apply(tag)).arg(KEPT_MILLIS);
    }

    Request await() {
        return Request.cmd(Command.WAIT)
                .arg(demanded.replicas())
                .arg(demanded.patience().toMillis());
    }
}
