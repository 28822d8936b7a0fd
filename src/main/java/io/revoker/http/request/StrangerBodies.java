package io.revoker.http.request;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads bodies before their senders are known. So that strangers can't fill the memory, not many are read at a time.
 * Used by one event loop only.
 */
public final class StrangerBodies {
    private static final int MOST = 256;

    private final BodyReader bodies;
    private final ConcurrencyLimit limit;

    public StrangerBodies(BodyReader bodies) {
        this(bodies, MOST);
    }

    /** @param most how many are read at a time */
    public StrangerBodies(BodyReader bodies, int most) {
        this.bodies = bodies;
        this.limit = new ConcurrencyLimit(most, "bodies of senders who are not known yet", "read");
    }

    /**
     * Fails with a {@link io.revoker.domain.Problem} if too many are being read; otherwise see {@link BodyReader#read}.
     */
    public Future<Buffer> read(HttpServerRequest request) {
        return limit.run(() -> bodies.read(request));
    }
}
