package io.revoker.redis.link;

import io.revoker.domain.Durability.Fsync;
import io.revoker.redis.link.ConfirmingPrimary.ServerId;
import io.revoker.redis.link.RedisFailure.MovingSlot;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The connection to Redis, whether it is one server or a Cluster; owned and used by the event loop that opened it.
 * Every call completes in time. A failure is a {@link io.revoker.domain.Problem}; for a node of a Cluster it may also
 * be a {@link Redirection}, which the link to the Cluster follows.
 */
public interface RedisLink {
    /**
     * Registers an action for every new connection, and for when a server is left: another one may have taken its
     * place, or lost what the old one knew. Call it before {@link #open}.
     */
    void onChange(Runnable action);

    /** Connects for the first time; fails if that does not work. */
    Future<Void> open();

    /** Whether one server has all slots: then a script may use keys of several slots. */
    default boolean hasAllSlots() {
        return false;
    }

    /** Sends a call in the batch of this turn; the reply is null for nil. */
    Future<Response> send(Call call);

    /**
     * The same for a call that can be done in another way while its slot is moving: in that case it fails with
     * {@link MovingSlot}.
     */
    Future<Response> sendUnlessMoving(Call call);

    /**
     * Sends calls that Redis must execute after another one. If the other one has failed, the caller must not rely on
     * these. Where they have to wait for the other one, because two nodes keep no common order, they are then not sent
     * and fail likewise; where one connection keeps the order, they have been sent already.
     *
     * @param earlier completes when the other call is done; that one was sent in this turn. If one of {@code calls} is
     * a script it must be one, too, because the scripts of a turn are sent before its other commands
     * @param calls sends them
     */
    default <T> Future<T> after(Future<?> earlier, Supplier<Future<T>> calls) {
        return hasAllSlots() ? calls.get() : earlier.compose(done -> calls.get());
    }

    /** The same of one call. */
    default Future<Response> sendAfter(Future<?> earlier, Call call) {
        return after(earlier, () -> send(call));
    }

    /** The primaries that serve slots. */
    List<ConfirmingPrimary> confirmingPrimaries();

    /** The primaries with these names. */
    List<ConfirmingPrimary> confirmingPrimaries(Set<String> names);

    /**
     * The names of the primaries that these keys are written to, as far as known; instead of a key, its hash tag is
     * enough.
     */
    Set<String> names(Set<String> keys);

    /** The servers that these keys are written to, as far as known. */
    Set<ServerId> servers(Set<String> keys);

    /** Grows whenever a key may be on another server than before. */
    long moves();

    /** The servers of the newest connections, including those that were lost and not replaced. */
    Set<ServerId> servers();

    /** The servers whose connections are not lost. */
    Set<ServerId> connected();

    /**
     * Identifies the history of the servers. As long as it stays the same, no server has lost a write without losing
     * everything that was written after it, on any server. Empty as long as not all servers are known.
     */
    Optional<String> history();

    /** Grows with every call of the action given to {@link #onChange}. */
    long incarnation();

    /** Checks soon whether the servers are still the same, and the right ones. */
    void doubt();

    /** The weakest policy of all servers. */
    Fsync fsync();

    /** The versions of the connected servers. */
    Set<String> versions();

    /** The maxmemory policies of the connected servers, as far as they let us read them. */
    Set<String> evictions();

    Future<Void> close();
}
