package io.revoker.http.request;

import io.revoker.domain.Problem;
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
    private final int most;
    private int underWay;

    public StrangerBodies(BodyReader bodies) {
        this(bodies, MOST);
    }

    /** @param most how many are read at a time */
    public StrangerBodies(BodyReader bodies, int most) {
        this.bodies = bodies;
        this.most = most;
    }

    /** Fails with a {@link Problem} if too many are being read; otherwise see {@link BodyReader#read}. */
    public Future<Buffer> read(HttpServerRequest request) {
        if (underWay >= most) {
            return Future.failedFuture(Problem.overloaded(
                    "bodies of senders who are not known yet: " + underWay + " are being read (expected: fewer)"));
        }
        underWay++;
        return bodies.read(request).onComplete(done -> underWay--);
    }
}
