package io.revoker.redis.link;

import io.revoker.domain.Durability.Fsync;
import io.revoker.redis.link.RedisFailure.MovingSlot;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way to Redis, be it one server or a Cluster; owned and used by the event loop that opened it. Whatever fails, fails in time, and with a
 * {@link io.revoker.domain.Problem}; a node of a Cluster also with a {@link Redirection}, which the link to the Cluster follows.
 */
public sealed interface RedisLink permits ServerLink, ClusterLink {
    /**
     * What else to do on every new connection, and when a server is left: another one may have taken its place, or lost what the old one knew. To be said
     * before it is opened.
     */
    void onChange(Runnable action);

    /** Connects for the first time; fails if that does not work. */
    Future<Void> open();

    /** Sends a call with the others of this turn; the reply is null for nil. */
    Future<Response> send(Call call);

    /** The same for a call that can be done in another way as long as its slot is moving: it fails with {@link MovingSlot} then. */
    Future<Response> sendUnlessMoving(Call call);

    /**
     * Sends a call that Redis is to execute after another one. If the other one has failed, nobody may rely on this one: where it has to wait, it is not sent
     * then and fails likewise, and where the order is kept without waiting, it is on its way already.
     *
     * @param earlier the replies that tell that the other one is done; it was sent in this turn, and as a script if it is one
     */
    Future<Response> sendAfter(Future<?> earlier, Call call);

    /** The primaries that have something. */
    List<Witness> witnesses();

    /** Those with these names. */
    List<Witness> witnesses(Set<String> names);

    /** The names of the primaries that these keys are written to, as far as it is known; of a key its hash tag will do. */
    Set<String> names(Set<String> keys);

    /** The servers that these keys are written to, as far as it is known. */
    Set<ServerId> servers(Set<String> keys);

    /** Grows whenever it turns out that a key may be elsewhere than it was. */
    long moves();

    /** The servers that the newest connections were made to, those included that have been lost and not replaced. */
    Set<ServerId> servers();

    /** Those of them that the connections to are not lost. */
    Set<ServerId> connected();

    /**
     * Names what these servers have in common with what they were: as long as it stays the same, none of them has lost anything without having lost all that
     * was written after it, on whatever server. Empty as long as not all of them are known.
     */
    Optional<String> history();

    /** Grows with every call of what was given to {@link #onChange}. */
    long incarnation();

    /** Finds out soon whether the servers are still those that they were, and the right ones. */
    void doubt();

    /** The weakest there is. */
    Fsync fsync();

    /** Of the servers that are connected. */
    Set<String> versions();

    Future<Void> close();
}
