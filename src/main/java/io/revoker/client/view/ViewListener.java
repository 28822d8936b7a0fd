package io.revoker.client.view;

/** Is called on the thread of the view: the methods must neither block nor throw. By default each does nothing. */
public interface ViewListener {
    /** It decides by what it knows from now on. */
    default void becameFresh(ViewStatus status) {}

    /** What it knows has become too old: it answers {@link RevocationState#UNKNOWN} from now on, or REVOKED. */
    default void becameStale(ViewStatus status) {}

    /**
     * A revocation, a lock or the end of one has come that may concern tokens with this {@linkplain
     * TokenKey#forEachHash hash}: what the view says of them has it already.
     */
    default void changed(long hash) {}

    /** What the view says of any token may have changed: it has taken a snapshot, or everything was revoked. */
    default void changedAll() {}

    /**
     * An alarm: the service does not have what the view has. It was started from older data, or is another one. The
     * view keeps what it knows, and is stale until the service has come further than that.
     *
     * @param service the newest stamp that the service has
     * @param here the stamp up to which the view knows everything
     */
    default void wentBack(long service, long here) {}

    /** Something failed: a connection, a snapshot, the file. The view goes on, and tries again. */
    default void failed(Throwable failure) {}
}
